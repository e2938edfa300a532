import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestApp } from '../support/app.ts';
import { AUDIENCES } from './audiences.ts';

// The letter of a preview is a mail: it is judged where mails are.
const NO_PAGES =
  /\.(csv|xlsx|json|ics|atom|css|js|pdf|zip|txt|R|sps|svg|webmanifest)$|^\/(api|assets|dev)\/|\/files\/|\/(file|picture|paper|documents\/programme)$|\/documents\/templates\/:kind\/preview$|\/preview\/letter$|^\/(healthz|readyz|metrics|language\/:code)$/;

/** Every page that a browser can be sent to, by the pattern of its address. */
export const pagePatterns = (test: TestApp): string[] =>
  [
    ...new Set(test.app.routeTable.filter(({ method, url }) => method === 'GET' && !NO_PAGES.test(url)).map(({ url }) => url)),
  ].sort();

/** Who is sent to look at a page: the first of these who gets an answer by the table of access. */
const table = new Map(
  readFileSync(path.join(import.meta.dirname, 'expected.txt'), 'utf8')
    .split('\n')
    .map((line) => [line.slice(0, 84).trimEnd(), line.slice(84)]),
);
const LOOKERS = ['S', 'A', 'C', 'M', 'c', 'N'] as const;
export type Looker = (typeof LOOKERS)[number];
// Some pages say more to those whom they are about.
const OWN: [RegExp, Looker][] = [
  [/^\/my\b|delegations|refusal/, 'C'],
  [/^\/(registrations|account)\b|my-programme|^\/events\/:slug\/assembly/, 'M'],
  [/^\/sign-in/, 'N'],
  [/^\/people\/:id$/, 'A'],
];

/** Who looks at the page of this pattern. */
export function lookerOf(url: string): Looker {
  const order = AUDIENCES.map(([key]) => key as string);
  const line = table.get(`GET ${url}`) ?? '';
  return OWN.find(([pattern]) => pattern.test(url))?.[1] ?? LOOKERS.find((looker) => line[order.indexOf(looker)] === '+') ?? 'S';
}
