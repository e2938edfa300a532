import type { QuestionnairePrivacy } from '../../db/tables/questionnaires.ts';

/** Where a questionnaire stands. */
export type QuestionnaireState = 'draft' | 'open' | 'closed' | 'settled';

interface Moments {
  openedAt: Temporal.Instant | null;
  closesAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  settledAt: Temporal.Instant | null;
}

/** `settled`: the figures are final. Between its closing time and that it is `closed`. */
export function stateOf({ openedAt, closesAt, closedAt, settledAt }: Moments, now: Temporal.Instant): QuestionnaireState {
  if (settledAt) return 'settled';
  if (closedAt || (closesAt && openedAt && Temporal.Instant.compare(closesAt, now) <= 0)) return 'closed';
  return openedAt ? 'open' : 'draft';
}

const MORNING = 9;
const [DAY_BEGINS, DAY_ENDS] = [8, 21] as const;

/**
 * When somebody is asked: at nine on the morning after the event's last day, where they are; where that has passed, at once by day
 * and else at nine.
 */
export function askingTime(
  event: { endsAt: Temporal.Instant; zone: string } | null,
  readerZone: string,
  now: Temporal.Instant,
): Temporal.Instant {
  const here = now.toZonedDateTimeISO(readerZone);
  if (event) {
    const lastDay = event.endsAt.toZonedDateTimeISO(event.zone).toPlainDate();
    const morning = at(lastDay.add({ days: 1 }), readerZone);
    if (Temporal.Instant.compare(morning, now) >= 0) return morning;
  }
  if (here.hour >= DAY_BEGINS && here.hour < DAY_ENDS) return now;
  return at(here.hour < DAY_BEGINS ? here.toPlainDate() : here.toPlainDate().add({ days: 1 }), readerZone);
}

const at = (day: Temporal.PlainDate, zone: string) =>
  day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from({ hour: MORNING }) }).toInstant();

/** When a questionnaire closes that says nothing of it: in three weeks, at the end of the day. */
export function usualClosing(
  event: { endsAt: Temporal.Instant } | null,
  zone: string,
  now: Temporal.Instant,
): Temporal.PlainDateTime {
  const from = event && Temporal.Instant.compare(event.endsAt, now) > 0 ? event.endsAt : now;
  return from.toZonedDateTimeISO(zone).toPlainDate().add({ days: 21 }).toPlainDateTime({ hour: 23, minute: 59 });
}

/** Whether who has answered may change it until it closes: only under their name, where what was before can stay as a version. */
export const mayChangeAnswer = (privacy: QuestionnairePrivacy): boolean => privacy === 'named';

/** Whether the first question may be answered by a link of the mail: never where the link itself would tell a proxy the answer. */
export const answersInMail = (privacy: QuestionnairePrivacy): boolean => privacy !== 'anonymous';
