import type { MailingState } from '../../db/tables/mailings.ts';
import type { Mailing } from '../../server/mailings/queries.ts';
import { formatInstant, zonePlace } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import type { Tone } from '../ui/tag.tsx';

export const HOME = '/back-office/mailings';

export const TONES: Record<MailingState, Tone> = {
  draft: 'new',
  scheduled: 'wait',
  running: 'good',
  paused: 'wait',
  cancelled: 'off',
  done: 'good',
};

/** When it goes out, in words. */
export function whenOf(
  { t, language }: PageContext,
  { schedule, planned, zone }: Pick<Mailing, 'schedule' | 'planned' | 'zone'>,
): string {
  if (!schedule || !planned) return t('mailings.when.none');
  // The local time as it was planned: said in its own zone whatever the reader's is.
  const when = formatInstant(planned.toZonedDateTime('UTC').toInstant(), language, 'UTC');
  return schedule === 'morning'
    ? t('mailings.when.morning', { when })
    : t('mailings.when.moment', { when, zone: zonePlace(zone) });
}

export const crumbs = ({ t }: PageContext, mailing?: Pick<Mailing, 'id' | 'name'>) => [
  { href: '/back-office', words: t('ui.nav.backOffice') },
  { href: HOME, words: t('mailings.list.title') },
  ...(mailing ? [{ href: `${HOME}/${mailing.id}`, words: mailing.name }] : []),
];
