import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { translateCode } from '../../web/locales/translate.ts';
import type { CategoryOption } from '../../web/registrations/category-choice.tsx';
import { RegisterPage } from '../../web/registrations/register-page.tsx';
import type { Viewer } from '../accounts/access.ts';
import { currentAffiliations } from '../accounts/queries.ts';
import { Invalid, NotFound } from '../errors.ts';
import { type EventDetails, eventBySlug } from '../events/queries.ts';
import { priceOf } from '../events/rules.ts';
import type { Answers } from '../forms/conditions.ts';
import type { FormError } from '../http/forms.ts';
import { pageContext } from '../http/pages.tsx';
import { organises } from './access.ts';
import { fileNames, filesIn, questionsOf } from './answers.ts';
import type { EventContext } from './context.ts';
import { placesLeft } from './delegation-queries.ts';
import { registrationOf } from './queries.ts';
import { categoryRefusal, refusal } from './rules.ts';

// Above this many names a list to choose from is no help any more.
const MOST_NAMES = 1500;

/** The names by which organisations can be named, `Granollers (ES)`; null where there are too many to list. */
export async function organisationNames(db: Db): Promise<string[] | null> {
  const { rows } = await sql<{ name: string }>`
    select name || ' (' || country || ')' as name from organisations order by fold(name), country limit ${MOST_NAMES + 1}`.execute(
    db,
  );
  return rows.length > MOST_NAMES ? null : rows.map(({ name }) => name);
}

/** The organisation that was typed, by its name, with its country where several are called so. Errors: Invalid('organisation'). */
export async function organisationNamed(db: Db, typed: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from organisations where fold(name || ' (' || country || ')') = fold(${typed}) or fold(name) = fold(${typed}) limit 2`.execute(
    db,
  );
  const [one, two] = rows;
  if (!one) throw new Invalid([{ path: 'organisation', code: 'organisationUnknown' }]);
  if (two) throw new Invalid([{ path: 'organisation', code: 'organisationSeveral' }]);
  return one.id;
}

/** The categories in which somebody may register, with what each costs now. */
export function categoriesFor(
  event: EventDetails,
  {
    now,
    country,
    runs,
    membership,
  }: { now: Temporal.Instant; country: string | null; runs: boolean; membership: string | null | undefined },
): CategoryOption[] {
  const early = event.lateFrom !== null && Temporal.Instant.compare(now, event.lateFrom) < 0;
  return event.categories.flatMap((category) => {
    const asking = { now, organises: runs, alone: false, membership: (membership ?? null) as never };
    // Undefined: nobody knows yet for which organisation they come.
    if (membership === undefined ? category.openTo === 'organiser' && !runs : categoryRefusal(category.openTo, asking) !== null)
      return [];
    const price = priceOf(category, event, { at: now, country });
    return [
      {
        ...category,
        price,
        later: early && category.priceLate !== null && category.priceLate > price ? category.priceLate : null,
        reduced:
          country === null && category.priceReduced !== null && category.priceReduced < price ? category.priceReduced : null,
      },
    ];
  });
}

export interface Typed {
  typed?: Record<string, unknown>;
  answers?: Answers;
  errors?: FormError[];
  /** The event under the version of the form that was shown. */
  under?: EventContext;
}

/** The page on which one person registers, with what was typed. Errors: NotFound for an event that the viewer may not know of. */
export async function drawRegister(
  request: FastifyRequest,
  event: EventContext,
  { typed = {}, answers = {}, errors, under }: Typed = {},
) {
  const { db, clock } = request.server.system;
  const { viewer } = request;
  const now = clock();
  const details = await eventBySlug(db, event.slug);
  if (!details) throw new NotFound();
  const [organisations, others, left, existing] = await Promise.all([
    viewer ? currentAffiliations(db, viewer.personId) : [],
    organisationNames(db),
    placesLeft(db, event.eventId, null, null),
    viewer ? registrationOf(db, event.eventId, viewer.personId) : undefined,
  ]);
  const runs = organises(viewer, event);
  const code = refusal(event, { now, organises: runs, alone: false, membership: null });
  const asks = under ?? event;
  const definition = questionsOf(asks);
  const files = definition ? await fileNames(db, filesIn(definition, answers), { uploadedBy: viewer?.personId ?? null }) : [];
  return (
    <RegisterPage
      ctx={pageContext(request)}
      event={details}
      refusal={code && (translateCode(request.language, `refusal.${code}`) ?? code)}
      opensAt={code === 'not-yet-open' ? event.registrationOpensAt : null}
      left={left}
      categories={categoriesFor(details, { now, country: null, runs, membership: undefined })}
      organisations={organisations}
      others={others}
      existing={existing ?? null}
      form={definition && asks.formVersionId ? { definition, versionId: asks.formVersionId } : null}
      typed={typed}
      answers={answers}
      files={files}
      errors={errors}
    />
  );
}

/** What the viewer's own registration asks for, or what somebody without an account typed. */
export function typedIn(body: unknown, viewer: Viewer | null): Record<string, unknown> {
  const typed = typeof body === 'object' && body !== null ? { ...body } : {};
  const kept = Object.entries(typed).filter(([name, value]) => typeof value === 'string' && (viewer === null || name !== 'name'));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value).slice(0, 1000)]));
}
