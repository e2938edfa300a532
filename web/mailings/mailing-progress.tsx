import type { SendState } from '../../db/tables/sends.ts';
import type { Mailing, Progress as SendProgress } from '../../server/mailings/queries.ts';
import { formatMoment } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { Progress, Stats } from '../ui/facts.tsx';
import { HOME } from './words.ts';

const ORDER: readonly SendState[] = [
  'accepted',
  'queued',
  'sending',
  'deferred',
  'uncertain',
  'failed',
  'bounced',
  'suppressed',
  'cancelled',
];

/** How far it is. Where the script runs it is drawn anew every two seconds while something is on its way; else a link does it. */
export function MailingProgress({ ctx, mailing, progress }: { ctx: PageContext; mailing: Mailing; progress: SendProgress }) {
  const { t } = ctx;
  const live = mailing.state === 'running' && (progress.open > 0 || mailing.frozenAt === null);
  return (
    <section id="progress" data-refresh={live ? '2000' : undefined} aria-label={t('mailings.page.progress')}>
      {mailing.frozenAt === null && mailing.state !== 'cancelled' ? <p>{t('mailings.page.freezing')}</p> : null}
      <Progress
        ctx={ctx}
        label={t('mailings.page.progress')}
        value={progress.audience - progress.open}
        total={progress.audience}
      />
      <Stats
        ctx={ctx}
        stats={ORDER.filter((state) => progress.counts[state]).map((state) => ({
          words: t(`mailings.send.${state}`),
          value: progress.counts[state] ?? 0,
        }))}
      />
      {live && progress.nextAt && Temporal.Instant.compare(progress.nextAt, ctx.now) > 0 && (
        <p>{t('mailings.page.next', { when: formatMoment(progress.nextAt, ctx.zone, ctx.language) })}</p>
      )}
      {live && (
        <p>
          <a href={`${HOME}/${mailing.id}`}>{t('mailings.page.refresh')}</a>
        </p>
      )}
    </section>
  );
}
