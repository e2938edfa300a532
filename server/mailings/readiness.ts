import type { Db } from '../../db/database.ts';
import { type AudienceCount, countAudience } from './audience.ts';
import { type FieldName, fieldsIn } from './fields.ts';
import type { Mailing } from './queries.ts';

/** What stands in the way of sending, and what would be missing. */
export interface Readiness {
  /** `nobody`, `no-text`: it cannot be sent. `event-cancelled`, `expired`: it is of no use any more. */
  problems: ('nobody' | 'no-text' | 'event-cancelled' | 'expired')[];
  /** Fields of the text that have no value for so many recipients, and nothing that stands in for them. */
  missing: { field: FieldName; people: number; fallback: boolean }[];
  /** Languages of recipients that have no text: they get the one of the default language. */
  untranslated: { language: string; people: number }[];
  count: AudienceCount;
}

/** Looks at a mailing as it would be sent now. Nothing that is missing is seen by a recipient first. */
export async function readinessOf(db: Db, mailing: Mailing, now: Temporal.Instant): Promise<Readiness> {
  const count = await countAudience(db, mailing);
  const used = fieldsIn(Object.values(mailing.texts).flatMap(({ subject, body, button }) => [subject, body, button ?? '']));
  const missing = used.flatMap((field) => {
    const people = lacking(mailing, field) ? count.people : (count.without[field] ?? 0);
    return people > 0 ? [{ field, people, fallback: fallbackOf(mailing, field) }] : [];
  });
  return {
    problems: [
      ...(count.people === 0 ? (['nobody'] as const) : []),
      ...(mailing.texts[mailing.defaultLanguage] ? [] : (['no-text'] as const)),
      ...(mailing.event?.cancelledAt && mailing.kind !== 'update' && mailing.kind !== 'announcement'
        ? (['event-cancelled'] as const)
        : []),
      ...(isPast(mailing, now) ? (['expired'] as const) : []),
    ],
    missing,
    untranslated: Object.entries(count.languages)
      .filter(([language]) => !mailing.texts[language])
      .map(([language, people]) => ({ language, people })),
    count,
  };
}

function isPast({ kind, event, closesAt }: Mailing, now: Temporal.Instant): boolean {
  const end = kind === 'questionnaire' ? closesAt : kind === 'invitation' ? (event?.startsAt ?? null) : null;
  return end !== null && Temporal.Instant.compare(end, now) <= 0;
}

// A fallback in the default language is enough: whoever has none in their own language gets that.
const fallbackOf = ({ fallbacks, defaultLanguage }: Mailing, field: FieldName) => Boolean(fallbacks[field]?.[defaultLanguage]);

/** What no recipient has a value for, because the mailing itself has none. */
function lacking({ event, questionnaireId, closesAt }: Mailing, field: FieldName): boolean {
  if (field === 'event.place') return event === null || Object.values(event.venue).every((text) => text.trim() === '');
  if (field === 'event' || field.startsWith('event.')) return event === null;
  if (field === 'questionnaire') return questionnaireId === null;
  return field === 'closes' && closesAt === null;
}
