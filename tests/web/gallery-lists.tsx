import type { PageContext } from '../../web/page.ts';
import { BulkBar } from '../../web/ui/bulk-bar.tsx';
import { ButtonLink } from '../../web/ui/button.tsx';
import { Money } from '../../web/ui/content.tsx';
import { EmptyState } from '../../web/ui/empty-state.tsx';
import { ListTools } from '../../web/ui/list-tools.tsx';
import { Exports, ListCount, Pager } from '../../web/ui/pager.tsx';
import { PostForm } from '../../web/ui/post-form.tsx';
import { Table } from '../../web/ui/table.tsx';
import { Steps, Tabs } from '../../web/ui/tabs.tsx';
import { Tag, type Tone } from '../../web/ui/tag.tsx';

const rows: { id: string; name: string; city: string; state: string; tone: Tone; fee: number }[] = [
  { id: '1', name: 'Ana Lúcia Évora', city: 'Praia', state: 'Confirmed', tone: 'good', fee: 12000 },
  { id: '2', name: 'Jordi Puigdomènech i Casadevall', city: 'Granollers', state: 'Waiting, 3rd', tone: 'wait', fee: 12050 },
  { id: '3', name: 'Inês Carvalho', city: 'Lisboa', state: 'Cancelled', tone: 'off', fee: 0 },
  { id: '4', name: '김민준', city: 'Changwon', state: 'Pending', tone: 'new', fee: 16000 },
];

export function GalleryLists({ ctx }: { ctx: PageContext }) {
  return (
    <section aria-labelledby="lists">
      <h2 id="lists">Registrations</h2>
      <Tabs
        ctx={ctx}
        tabs={[
          { href: '/a', words: 'Overview' },
          { href: '/b', words: 'Registrations', current: true, count: 312 },
          { href: '/c', words: 'Waiting list', count: 14 },
          { href: '/d', words: 'Programme' },
          { href: '/e', words: 'History' },
        ]}
      />
      <Steps ctx={ctx} steps={['People', 'Sessions', 'Check and send']} current={1} />
      <ListTools
        ctx={ctx}
        action="/back-office/registrations"
        search="evora"
        filters={[
          { name: 'state', label: 'State', value: 'confirmed', options: [{ value: 'confirmed', words: 'Confirmed' }] },
          { name: 'country', label: 'Country', options: [{ value: 'CV', words: 'Cape Verde' }] },
        ]}
      />
      <ListCount ctx={ctx} total={312} />
      <PostForm action="/back-office/registrations/bulk">
        <Table
          ctx={ctx}
          caption="Registrations, by name"
          captionUnseen
          rows={rows}
          rowKey={(row) => row.id}
          select={{ name: 'ids', rowName: (row) => row.name, selected: ['2'] }}
          columns={[
            {
              key: 'name',
              words: 'Name',
              cell: (row) => <a href={`/r/${row.id}`}>{row.name}</a>,
              sortHref: '?sort=name',
              sorted: 'ascending',
            },
            { key: 'city', words: 'City', cell: (row) => row.city, sortHref: '?sort=city' },
            { key: 'state', words: 'State', cell: (row) => <Tag tone={row.tone}>{row.state}</Tag> },
            { key: 'fee', words: 'Fee', number: true, cell: (row) => <Money ctx={ctx} minor={row.fee} currency="EUR" /> },
          ]}
        />
        <BulkBar
          ctx={ctx}
          actions={[
            { value: 'approve', words: 'Approve' },
            { value: 'cancel', words: 'Cancel' },
          ]}
        />
      </PostForm>
      <Pager ctx={ctx} first="?" next="?cursor=x" />
      <Exports ctx={ctx} path="/registrations" query="state=confirmed" />
      <EmptyState
        title="Nobody waits"
        action={
          <ButtonLink href="/new" kind="secondary">
            Add a person
          </ButtonLink>
        }
      >
        When all places are taken, whoever registers next stands here in the order of joining.
      </EmptyState>
    </section>
  );
}
