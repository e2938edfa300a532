import type { Reason } from '../../server/study-visits/reasons.ts';
import type { Translate } from '../locales/translate.ts';

/** "first wish", "wish no. 4". */
export function wishWords(t: Translate, rank: number): string {
  if (rank === 1) return t('studyVisits.wish.1');
  if (rank === 2) return t('studyVisits.wish.2');
  return rank === 3 ? t('studyVisits.wish.3') : t('studyVisits.wish.n', { n: rank });
}

/** Why somebody got what they got, or did not, as a sentence. `titleOf` names a visit in the reader's language. */
export function reasonWords(t: Translate, reason: Reason, titleOf: (id: string) => string): string {
  if (reason.code === 'noWishes') return t('studyVisits.reason.noWishes');
  const visit = titleOf(reason.visit ?? '');
  if (reason.code === 'placed') return t('studyVisits.reason.placed', { visit });
  if (reason.rank === null) return t('studyVisits.reason.gotUnwished', { visit });
  const about = { visit, wish: wishWords(t, reason.rank) };
  const { holders = 0, equals = 0, most = 0, least = 0 } = reason;
  switch (reason.code) {
    case 'closed':
      return t('studyVisits.reason.closed', { ...about, least });
    case 'spread':
      return t('studyVisits.reason.spread', { ...about, most });
    case 'full':
      return t('studyVisits.reason.full', { ...about, holders });
    case 'fullShared':
      return t('studyVisits.reason.fullShared', { ...about, holders, equals });
    default:
      return t(`studyVisits.reason.${reason.code}`, about);
  }
}
