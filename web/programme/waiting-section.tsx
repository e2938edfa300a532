import type { WaitingRow } from '../../server/programme/waiting.ts';
import type { PageContext } from '../page.ts';
import { Table } from '../ui/table.tsx';
import { Happened } from '../ui/when.tsx';

/** Who waits for a session, in order, and who got a place or left. */
export function WaitingSection({ ctx, slug, waiting }: { ctx: PageContext; slug: string; waiting: WaitingRow[] }) {
  const { t } = ctx;
  const still = waiting.filter(({ endedAt }) => endedAt === null);
  return (
    <section>
      <h2>{t('programme.waiting.title')}</h2>
      <Table
        ctx={ctx}
        caption={t('programme.waiting.title')}
        captionUnseen
        rows={waiting}
        rowKey={(row) => `${row.registrationId} ${row.joinedAt}`}
        columns={[
          {
            key: 'name',
            words: t('programme.waiting.name'),
            cell: (row) => <a href={`/back-office/events/${slug}/registrations/${row.registrationId}`}>{row.name}</a>,
          },
          { key: 'organisation', words: t('programme.waiting.organisation'), cell: (row) => row.organisation ?? '–' },
          { key: 'joined', words: t('programme.waiting.joined'), cell: (row) => <Happened ctx={ctx} at={row.joinedAt} /> },
          {
            key: 'state',
            words: t('programme.waiting.state'),
            cell: (row) =>
              row.endedBy && row.endedAt ? (
                <>
                  {t(`programme.waiting.${row.endedBy}`)} <Happened ctx={ctx} at={row.endedAt} />
                </>
              ) : (
                t('programme.waiting.place', { n: still.indexOf(row) + 1 })
              ),
          },
        ]}
      />
    </section>
  );
}
