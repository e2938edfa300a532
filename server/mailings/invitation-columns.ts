import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import type { ExportColumn } from '../http/exports.ts';
import type { InvitationRow } from './invitations.ts';

/** The columns of an export of invitations. */
export function invitationColumns(language: Language): ExportColumn<InvitationRow>[] {
  const t = translator(language);
  return [
    { key: 'name', header: t('mailings.audience.person'), value: (row) => row.name },
    { key: 'organisation', header: t('mailings.audience.organisation'), value: (row) => row.organisation },
    { key: 'country', header: t('mailings.audience.country'), value: (row) => row.country },
    { key: 'answer', header: t('mailings.invitations.answer'), value: (row) => t(`mailings.answer.${row.answer}`) },
    { key: 'answeredAt', header: t('mailings.invitations.answeredAt'), value: (row) => row.answeredAt },
    { key: 'note', header: t('mailings.invitations.note'), value: (row) => row.note },
    { key: 'substituteName', header: t('mailings.invitations.substituteName'), value: (row) => row.substituteName },
    { key: 'substituteAddress', header: t('mailings.invitations.substituteAddress'), value: (row) => row.substituteAddress },
    { key: 'registered', header: t('mailings.invitations.registered'), value: (row) => row.registered },
    { key: 'invitedAt', header: t('mailings.invitations.invitedAt'), value: (row) => row.invitedAt },
  ];
}
