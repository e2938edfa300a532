import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { textIn } from '../../web/locales/text-map.ts';
import { ComparisonPage } from '../../web/questionnaires/comparison-page.tsx';
import { NetworksPage } from '../../web/questionnaires/networks-page.tsx';
import { id, list, optional, whole } from '../fields.ts';
import { parse } from '../http/input.ts';
import { pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { mayRun, questionnairesSeenBy } from './access.ts';
import { runQuestionnaire } from './api.ts';
import { comparables, compare } from './comparison.ts';
import { compareNetworks } from './network-comparison.ts';
import { questionnaireById } from './queries.ts';
import { idOf } from './routes.tsx';

const BACK_OFFICE = { config: { audience: 'back-office' as const }, schema: { hide: true } };
const OfYear = z.object({ year: optional(whole(2000, 2200)) });

/** Editions beside one another, and networks. */
export function comparisonRoutes(app: FastifyInstance): void {
  const { db } = app.system;

  app.get('/back-office/questionnaires/:id/comparison', BACK_OFFICE, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    const ctx = pageContext(request);
    const { with: wanted } = parse(z.object({ with: list(id, 5) }), request.query);
    const viewer = signedIn(request);
    const choices = await comparables(db, one, questionnairesSeenBy(viewer));
    const known = new Set(choices.map((choice) => choice.id));
    const found = await Promise.all(wanted.filter((other) => known.has(other)).map((other) => questionnaireById(db, other)));
    const others = found.filter((other) => mayRun(viewer, other));
    const say = (of: typeof one) => textIn(of.title, [ctx.language], of.event?.defaultLanguage);
    return sendPage(
      reply,
      <ComparisonPage
        ctx={ctx}
        title={say(one)}
        home={`/back-office/questionnaires/${one.id}`}
        choices={choices}
        chosen={wanted}
        names={[one, ...others].map(say)}
        rows={await compare(db, [one, ...others])}
      />,
    );
  });

  app.get('/api/questionnaires/:id/comparison', BACK_OFFICE, async (request) => {
    const one = await runQuestionnaire(request, idOf(request));
    const { with: wanted } = parse(z.object({ with: list(id, 5) }), request.query);
    const others = await Promise.all(wanted.map((other) => runQuestionnaire(request, other)));
    return {
      compared: [one, ...others].map(({ id: of, title }) => ({ id: of, title })),
      items: await compare(db, [one, ...others]),
    };
  });

  app.get('/back-office/questionnaires/networks', BACK_OFFICE, async (request, reply) => {
    const { year } = parse(OfYear, request.query);
    const comparison = await compareNetworks(db, questionnairesSeenBy(signedIn(request)), year);
    return sendPage(reply, <NetworksPage ctx={pageContext(request)} comparison={comparison} year={year} />);
  });

  app.get('/api/questionnaires/networks', BACK_OFFICE, async (request) =>
    compareNetworks(db, questionnairesSeenBy(signedIn(request)), parse(OfYear, request.query).year),
  );
}
