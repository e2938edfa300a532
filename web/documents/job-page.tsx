import type { DocumentJob } from '../../server/documents/queries.ts';
import { formatBytes, formatInstant } from '../locales/format.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Progress } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { DocumentsFrame, type Of, officePath } from './frame.tsx';
import { LackingTable } from './lacking-table.tsx';
import { jobState } from './office-documents-page.tsx';

/** How far an order is, and the file when it is made. */
export function DocumentJobPage({ job, ...of }: Of & { job: DocumentJob }) {
  const { ctx, occasion } = of;
  const { t } = ctx;
  const path = officePath(occasion);
  const running = job.endedAt === null;
  const ready = job.fileKey !== null && job.expiresAt !== null && Temporal.Instant.compare(ctx.now, job.expiresAt) < 0;
  return (
    <DocumentsFrame
      {...of}
      title={t(`documents.kind.${job.kind}`)}
      width="text"
      head={running ? <meta http-equiv="refresh" content="2" /> : undefined}
    >
      <Progress ctx={ctx} label={t('documents.progress')} value={job.done} total={job.total} />
      <Notice kind={job.failed ? 'error' : running ? 'info' : 'success'}>{jobState(ctx, job)}</Notice>
      {ready && job.expiresAt && (
        <>
          <p>
            {t('documents.file.says', {
              size: formatBytes(job.fileSize ?? 0, ctx.language),
              until: formatInstant(job.expiresAt, ctx.language, occasion.zone, 'date'),
            })}
          </p>
          <ButtonRow>
            <ButtonLink href={`${path}/jobs/${job.id}/file`} download>
              {t('documents.download', { format: job.archive ? 'ZIP' : 'PDF' })}
            </ButtonLink>
          </ButtonRow>
        </>
      )}
      <LackingTable ctx={ctx} lacking={job.lacking} />
      <ButtonRow>
        <ButtonLink kind="secondary" href={path}>
          {t('documents.back')}
        </ButtonLink>
      </ButtonRow>
    </DocumentsFrame>
  );
}
