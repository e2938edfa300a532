import type { FastifyRequest } from 'fastify';
import { CallPage, type Entering } from '../../web/calls/call-page.tsx';
import { readIn } from '../../web/locales/text-map.ts';
import { translateCode } from '../../web/locales/translate.ts';
import { nextChange } from '../events/rules.ts';
import { pageContext } from '../http/pages.tsx';
import { renderMarkdown } from '../markdown.ts';
import { mayManageCall } from './access.ts';
import { verdicts } from './eligibility.ts';
import { organisationsToEnter, ownEntries, standingOf } from './entry-queries.ts';
import { exceptionsOf } from './exceptions.ts';
import type { CallDetails } from './queries.ts';
import { graceEnd, windowRefusal } from './rules.ts';

// What a rule is said of when there is no city yet: its words need no more than its own figures.
const NOBODY = {
  country: '',
  population: null,
  membership: '',
  feeYears: [],
  exclusions: [],
  laureateBefore: false,
  entries: [],
  exceptions: [],
};

/** A call's page with the forms to enter, shown again with what was `typed` after an error; and until when it stays as it is. */
export async function drawCall(
  request: FastifyRequest,
  call: CallDetails,
  typed: Record<string, string> = {},
  errors: { path: string; message: string }[] = [],
) {
  const { db, clock } = request.server.system;
  const { viewer } = request;
  const now = clock();
  const organisations = viewer ? await organisationsToEnter(db, viewer) : [];
  const [entries, exceptions, entering] = await Promise.all([
    viewer ? ownEntries(db, viewer, call.id) : [],
    exceptionsOf(
      db,
      call.id,
      organisations.map(({ id }) => id),
    ),
    // A person is contact of one city, rarely of two or three.
    Promise.all(
      organisations
        .slice(0, 5)
        .map(async (one) => ({ one, standing: await standingOf(db, call.id, one.id, { except: null, moment: 'start' }) })),
    ),
  ]);
  const guidelines = readIn(call.guidelines, [request.language], call.defaultLanguage);
  const rows = entering.map(({ one, standing }): Entering => {
    const excepted = standing?.exceptions.includes('deadline') ?? false;
    const shut = windowRefusal(call, now, { reopenedUntil: null, excepted });
    return {
      organisation: one,
      verdicts: standing ? verdicts(call, standing, null).filter(({ result }) => result !== 'unknown') : [],
      shut: shut && (translateCode(request.language, `refusal.${shut}`) ?? shut),
      exceptions: exceptions.filter((row) => row.organisationId === one.id),
    };
  });
  return {
    node: (
      <CallPage
        ctx={pageContext(request)}
        call={call}
        guidelines={guidelines ? { html: renderMarkdown(guidelines.text), lang: guidelines.lang } : null}
        rules={[
          ...verdicts(call, NOBODY, null),
          ...(call.maxEntriesPerTheme === null
            ? []
            : [{ kind: 'max-entries-per-theme', params: { n: call.maxEntriesPerTheme } }]),
        ]}
        entering={rows}
        entries={entries}
        mayManage={mayManageCall(viewer, call)}
        typed={typed}
        errors={errors}
      />
    ),
    until: nextChange([call.opensAt, call.closesAt.add({ milliseconds: 1 }), graceEnd(call).add({ milliseconds: 1 })], now),
  };
}
