import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { textIn } from '../../web/locales/text-map.ts';
import { ResultsPage } from '../../web/questionnaires/results-page.tsx';
import { ResultsTools } from '../../web/questionnaires/results-tools.tsx';
import { TextsPage } from '../../web/questionnaires/texts-page.tsx';
import { id } from '../fields.ts';
import { own } from '../forms/own.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { runQuestionnaire } from './api.ts';
import { ResultsFilter, ShareWrite } from './input.ts';
import { measuresOf } from './measures.ts';
import { definitionOf, type Questionnaire } from './queries.ts';
import { resultsOf } from './results.ts';
import { idOf } from './routes.tsx';
import { endShare, redact, sharedBy, shareReport, sharesOf, writtenTexts } from './sharing.ts';

const BACK_OFFICE = { config: { audience: 'back-office' as const }, schema: { hide: true } };
const PUBLIC = { config: { audience: 'public' as const }, schema: { hide: true } };
const homeOf = (one: Questionnaire) => `/back-office/questionnaires/${one.id}`;

/** What was answered, on pages: for whoever runs the event, and for whoever has the link of the report. */
export function resultsRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  const show = async (request: FastifyRequest, reply: FastifyReply, one: Questionnaire, made?: string) => {
    const ctx = pageContext(request);
    const results = await resultsOf(db, one, lookOf(request), clock());
    const home = homeOf(one);
    return sendPage(
      reply,
      <ResultsPage
        ctx={ctx}
        results={results}
        path={`${home}/results`}
        breadcrumbs={[
          { href: '/back-office/questionnaires', words: ctx.t('questionnaires.list.title') },
          { href: home, words: textIn(one.title, [ctx.language], one.event?.defaultLanguage) },
        ]}
      >
        <ResultsTools ctx={ctx} home={home} settled={one.settledAt !== null} shares={await sharesOf(db, one.id)} made={made} />
      </ResultsPage>,
    );
  };

  app.get('/back-office/questionnaires/:id/results', BACK_OFFICE, async (request, reply) =>
    show(request, reply, await runQuestionnaire(request, idOf(request))),
  );

  app.post('/back-office/questionnaires/:id/shares', BACK_OFFICE, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    const { withTexts = false } = parse(ShareWrite, request.body);
    const { token } = await shareReport(db, one, withTexts, { actor: signedIn(request).personId, now: clock() });
    return show(request, reply, one, `${config.publicUrl}/questionnaires/reports/${token}`);
  });

  app.post('/back-office/questionnaires/:id/shares/:share/removal', BACK_OFFICE, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    const { share } = parse(z.object({ share: id }), request.params);
    await endShare(db, one, share, { actor: signedIn(request).personId, now: clock() });
    return goOn(reply, `${homeOf(one)}/results`, 'saved');
  });

  app.get('/back-office/questionnaires/:id/texts', BACK_OFFICE, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    const ctx = pageContext(request);
    const definition = one.formVersionId ? await definitionOf(db, one.formVersionId) : undefined;
    const labels = new Map(
      (definition ? measuresOf(definition) : []).map(({ key, label }) => [
        key,
        textIn(label, [ctx.language], definition?.defaultLanguage),
      ]),
    );
    return sendPage(
      reply,
      <TextsPage
        ctx={ctx}
        title={textIn(one.title, [ctx.language], one.event?.defaultLanguage)}
        home={homeOf(one)}
        texts={one.settledAt ? await writtenTexts(db, one.id) : []}
        labels={labels}
      />,
    );
  });

  app.post('/back-office/questionnaires/:id/texts/:text', BACK_OFFICE, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    const { text } = parse(z.object({ text: id }), request.params);
    const typed = own(request.body, `text-${text}`);
    const shown = parse(z.string().max(10_000).default(''), typed).trim();
    await redact(db, one, text, shown, { actor: signedIn(request).personId, now: clock() });
    return goOn(reply, `${homeOf(one)}/texts`, 'saved');
  });

  app.get('/questionnaires/reports/:token', PUBLIC, async (request, reply) => {
    const { token } = parse(z.object({ token: z.string().max(100) }), request.params);
    const { questionnaire, withTexts } = await sharedBy(db, token);
    const results = await resultsOf(db, questionnaire, lookOf(request), clock(), withTexts);
    const ctx = { ...pageContext(request), path: '/' };
    reply.header('referrer-policy', 'strict-origin').header('x-robots-tag', 'noindex');
    return sendPage(reply, <ResultsPage ctx={ctx} results={results} path={`/questionnaires/reports/${token}`} />);
  });
}

/** The groups that a page is filtered by: `?look=segment.group`, and another beside it: `&and=segment.group`. */
function lookOf(request: FastifyRequest) {
  const [segment, group] = halves(own(request.query, 'look'));
  const [withSegment, withGroup] = halves(own(request.query, 'and'));
  return parse(ResultsFilter, { segment, group, withSegment, withGroup });
}

const halves = (text: unknown): string[] => (typeof text === 'string' ? text.split('.') : []);
