import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AssessmentPage, AssessmentsPage } from '../../web/questionnaires/assessments-page.tsx';
import { DevelopmentPage } from '../../web/questionnaires/development-page.tsx';
import { NotFound } from '../errors.ts';
import { decodeCursor, PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, type FormError, orAgain } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { assessedPage, assessments, indicatorMeans, openAsking } from './assessments.ts';
import { assessedCity, developmentOf } from './development.ts';
import { AssessmentWrite } from './input.ts';
import { idOf } from './routes.tsx';
import { mailedToken } from './sealing.ts';
import { createSelfAssessment } from './self-assessment.ts';

const SECRETARIAT = { config: { audience: 'secretariat' as const }, schema: { hide: true } };
const PERSON = { config: { audience: 'person' as const }, schema: { hide: true } };
const HOME = '/back-office/self-assessments';
/** The yearly self-assessment on pages: of a city for itself, of all for the secretariat. */
export function selfAssessmentRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  app.get<{ Params: { slug: string } }>('/organisations/:slug/self-assessments', PERSON, async (request, reply) => {
    const viewer = signedIn(request);
    const city = await assessedCity(db, viewer, request.params.slug);
    const [development, asking] = await Promise.all([developmentOf(db, city.id), openAsking(db, city.id, clock())]);
    // The link is the one of the mail; the secretariat reads, and answers for nobody.
    const open =
      asking && viewer.contactOf.includes(city.id)
        ? {
            href: `/q/${mailedToken(config, asking)}${asking.answered ? '?change=1' : ''}`,
            year: asking.year,
            answered: asking.answered,
          }
        : null;
    return sendPage(reply, <DevelopmentPage ctx={pageContext(request)} city={city} development={development} open={open} />);
  });

  const list = async (request: FastifyRequest, reply: FastifyReply, typed?: string, errors: FormError[] = [], status = 200) => {
    const years = await assessments(db);
    const year = typed ?? String(Math.max(clock().toZonedDateTimeISO(config.defaultZone).year, (years[0]?.year ?? 0) + 1));
    const indicators = await indicatorMeans(db, years);
    return sendPage(
      reply,
      <AssessmentsPage ctx={pageContext(request)} years={years} indicators={indicators} year={year} errors={errors} />,
      status,
    );
  };

  app.get(HOME, SECRETARIAT, (request, reply) => list(request, reply));

  app.post(HOME, SECRETARIAT, (request, reply) =>
    orAgain(
      request,
      async () => {
        const input = parse(AssessmentWrite.pick({ year: true }), request.body);
        const made = await createSelfAssessment(db, signedIn(request), input, { now: clock(), zone: config.defaultZone });
        return goOn(reply, `${HOME}/${made}`, 'saved');
      },
      (errors, status) => {
        const { year } = (request.body ?? {}) as { year?: unknown };
        return list(request, reply, typeof year === 'string' ? year.slice(0, 20) : '', errors, status);
      },
    ),
  );

  app.get(`${HOME}/:id`, SECRETARIAT, async (request, reply) => {
    const id = idOf(request);
    const assessment = (await assessments(db)).find((one) => one.id === id);
    if (!assessment) throw new NotFound();
    const { items, next } = await assessedPage(db, id, { after: decodeCursor(cursorOf(request), 3), limit: PAGE_SIZE });
    const more = next && `${HOME}/${id}?cursor=${next}`;
    return sendPage(reply, <AssessmentPage ctx={pageContext(request)} assessment={assessment} cities={items} next={more} />);
  });
}
