import type { Page } from '../../server/http/cursor.ts';
import type { MailFigures, Suppressed, Troubled } from '../../server/sends/desk.ts';
import type { Finding } from '../../server/sends/dns.ts';
import { Layout } from '../layout.tsx';
import { formatNumber } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Stats } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag, type Tone } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Happened } from '../ui/when.tsx';

const PATH = '/back-office/mail';
const TONES: Record<Finding['state'], Tone> = { good: 'good', missing: 'bad', wrong: 'bad', unset: 'wait', unknown: 'off' };

export interface MailDeskPageProps {
  ctx: PageContext;
  figures: MailFigures;
  /** Null: nobody has asked the name servers yet. */
  findings: Finding[] | null;
  troubled: Page<Troubled>;
  suppressed: Page<Suppressed>;
  search: string | undefined;
  typed: Record<string, string>;
  errors?: FieldError[];
}

/** What the mail of this installation does: what leaves, what comes back and why, and what the domain must say. */
export function MailDeskPage(props: MailDeskPageProps) {
  const { ctx, figures, errors = [] } = props;
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('sends.desk.title')}
      lead={t('sends.desk.lead')}
      errors={errors}
      breadcrumbs={[{ words: t('ui.nav.backOffice'), href: '/back-office' }]}
    >
      <Stats
        ctx={ctx}
        stats={[
          { words: t('sends.desk.due'), value: figures.due },
          { words: t('sends.desk.later'), value: figures.later },
          ...(['accepted', 'deferred', 'failed', 'bounced', 'uncertain', 'suppressed'] as const).map((state) => ({
            words: t(`sends.state.${state}`),
            value: figures.week[state] ?? 0,
            note: t('sends.desk.week'),
          })),
        ]}
      />
      <Dns {...props} />
      <Refusals {...props} />
      <TroubledSends {...props} />
      <Rates {...props} />
      <Suppressions {...props} />
    </Layout>
  );
}

function Dns({ ctx, findings }: MailDeskPageProps) {
  const { t } = ctx;
  return (
    <section aria-labelledby="dns">
      <h2 id="dns">{t('sends.dns.title')}</h2>
      {findings === null ? (
        <>
          <p>{t('sends.dns.lead')}</p>
          <ButtonLink kind="secondary" href={`${PATH}?look=1#dns`}>
            {t('sends.dns.look')}
          </ButtonLink>
        </>
      ) : (
        <ul class="cards">
          {findings.map(({ saying, name, state, found, wanted }) => (
            <li key={saying} class="card">
              <h3>
                {t(`sends.dns.${saying}.title`)} <Tag tone={TONES[state]}>{t(`sends.dns.state.${state}`)}</Tag>
              </h3>
              <p>{t(`sends.dns.${saying}.why`)}</p>
              {name && <p class="hint">{name}</p>}
              {found && (
                <p>
                  {t('sends.dns.found')} <code class="reference">{found}</code>
                </p>
              )}
              {wanted && (
                <p>
                  {t('sends.dns.wanted')} <code class="reference">{wanted}</code>
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Refusals({ ctx, figures }: MailDeskPageProps) {
  const { t } = ctx;
  if (figures.refusals.length === 0) return <EmptyState title={t('sends.refusals.none')} />;
  return (
    <Table
      ctx={ctx}
      caption={t('sends.refusals.title')}
      rows={figures.refusals}
      rowKey={({ domain }) => domain}
      columns={[
        { key: 'domain', words: t('sends.field.domain'), cell: ({ domain }) => domain },
        { key: 'n', words: t('sends.field.number'), number: true, cell: ({ n }) => formatNumber(n, ctx.language) },
        { key: 'said', words: t('sends.field.said'), cell: ({ said }) => <Said ctx={ctx} said={said} /> },
      ]}
    />
  );
}

// What the server said, and in words what that means, where its code is one we know.
function Said({ ctx, said }: { ctx: PageContext; said: string | null }) {
  const code = /\b[45]\.(1|2|7)\.\d{1,3}\b/.exec(said ?? '');
  const meaning = code?.[1] === '1' ? 'address' : code?.[1] === '2' ? 'mailbox' : code?.[1] === '7' ? 'policy' : null;
  return (
    <>
      {meaning && <strong>{ctx.t(`sends.means.${meaning}`)} </strong>}
      {said ?? '–'}
    </>
  );
}

function TroubledSends({ ctx, troubled }: MailDeskPageProps) {
  const { t } = ctx;
  if (troubled.items.length === 0) return null;
  return (
    <>
      <h2 id="troubled">{t('sends.troubled.title')}</h2>
      <Table
        ctx={ctx}
        caption={t('sends.troubled.title')}
        captionUnseen
        rows={troubled.items}
        rowKey={({ id }) => id}
        columns={[
          { key: 'address', words: t('sends.field.address'), cell: ({ address }) => address },
          { key: 'state', words: t('sends.field.state'), cell: ({ state }) => t(`sends.state.${state as 'failed'}`) },
          { key: 'said', words: t('sends.field.said'), cell: ({ said }) => <Said ctx={ctx} said={said} /> },
          { key: 'at', words: t('sends.field.at'), cell: ({ createdAt }) => <Happened ctx={ctx} at={createdAt} /> },
          {
            key: 'again',
            words: t('sends.troubled.again'),
            cell: ({ id, state, address }) =>
              state === 'bounced' ? (
                '–'
              ) : (
                <PostForm action={`${PATH}/sends/${id}/retry`} inline>
                  <Button kind="secondary" small label={t('sends.troubled.againTo', { address })}>
                    {t('sends.troubled.again')}
                  </Button>
                </PostForm>
              ),
          },
        ]}
      />
      <Pager ctx={ctx} next={troubled.next && `${PATH}?cursor=${encodeURIComponent(troubled.next)}#troubled`} />
    </>
  );
}

function Rates({ ctx, figures, typed, errors }: MailDeskPageProps) {
  const { t } = ctx;
  return (
    <>
      <h2 id="rates">{t('sends.rates.title')}</h2>
      <p>{t('sends.rates.lead')}</p>
      {figures.domains.length > 0 && (
        <Table
          ctx={ctx}
          caption={t('sends.rates.title')}
          captionUnseen
          rows={figures.domains}
          rowKey={({ domain }) => domain}
          columns={[
            { key: 'domain', words: t('sends.field.domain'), cell: ({ domain }) => domain },
            {
              key: 'rate',
              words: t('sends.field.perMinute'),
              number: true,
              cell: ({ ownPerMinute, perMinute }) => formatNumber(ownPerMinute ?? Math.round(perMinute), ctx.language),
            },
            { key: 'said', words: t('sends.field.said'), cell: ({ said }) => said ?? '–' },
          ]}
        />
      )}
      <PostForm action={`${PATH}/domains`}>
        <TextInput
          ctx={ctx}
          name="domain"
          label={t('sends.field.domain')}
          required
          value={typed.domain}
          maxlength={253}
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="perMinute"
          label={t('sends.field.perMinute')}
          hint={t('sends.rates.empty')}
          type="number"
          size="short"
          value={typed.perMinute}
          errors={errors}
        />
        <Button kind="secondary">{t('sends.rates.set')}</Button>
      </PostForm>
    </>
  );
}

function Suppressions({ ctx, suppressed, search, typed, errors }: MailDeskPageProps) {
  const { t } = ctx;
  return (
    <>
      <h2 id="suppressed">{t('sends.suppressed.title')}</h2>
      <p>{t('sends.suppressed.lead')}</p>
      <form method="get" action={`${PATH}#suppressed`} class="filters" role="search" aria-label={t('sends.suppressed.title')}>
        <TextInput ctx={ctx} name="q" type="search" label={t('ui.list.search')} unmarked value={search} />
        <Button kind="secondary">{t('ui.list.apply')}</Button>
      </form>
      {suppressed.items.length === 0 ? (
        <Notice kind="info">{t(search ? 'sends.suppressed.noneFound' : 'sends.suppressed.none')}</Notice>
      ) : (
        <Table
          ctx={ctx}
          caption={t('sends.suppressed.title')}
          captionUnseen
          rows={suppressed.items}
          rowKey={({ address }) => address}
          columns={[
            { key: 'address', words: t('sends.field.address'), cell: ({ address }) => address },
            { key: 'reason', words: t('sends.field.reason'), cell: ({ reason }) => t(`sends.reason.${reason as 'hard'}`) },
            { key: 'said', words: t('sends.field.said'), cell: ({ said }) => said ?? '–' },
            { key: 'at', words: t('sends.field.at'), cell: ({ at }) => <Happened ctx={ctx} at={at} /> },
            {
              key: 'lift',
              words: t('sends.suppressed.lift'),
              cell: ({ address }) => (
                <PostForm action={`${PATH}/suppressions/lift`} hidden={{ address }} inline>
                  <Button kind="secondary" small label={t('sends.suppressed.liftOf', { address })}>
                    {t('sends.suppressed.lift')}
                  </Button>
                </PostForm>
              ),
            },
          ]}
        />
      )}
      <Pager
        ctx={ctx}
        next={
          suppressed.next &&
          `${PATH}?${search ? `q=${encodeURIComponent(search)}&` : ''}suppressed=${encodeURIComponent(suppressed.next)}#suppressed`
        }
      />
      <PostForm action={`${PATH}/suppressions`}>
        <TextInput
          ctx={ctx}
          name="address"
          type="email"
          label={t('sends.suppressed.add')}
          required
          value={typed.address}
          maxlength={254}
          errors={errors}
        />
        <Button kind="secondary">{t('sends.suppressed.addGo')}</Button>
      </PostForm>
    </>
  );
}
