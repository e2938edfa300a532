import type { CallFilter } from '../../server/calls/input.ts';
import type { CallRow } from '../../server/calls/queries.ts';
import { callState } from '../../server/calls/rules.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { LangText } from '../ui/content.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Pager } from '../ui/pager.tsx';
import { Tag } from '../ui/tag.tsx';
import { When } from '../ui/when.tsx';
import { CALL_TONES } from './words.ts';

export interface CallsPageProps {
  ctx: PageContext;
  calls: CallRow[];
  next: string | null;
  filter: CallFilter;
  errors?: FieldError[];
}

/** Open and coming calls, or past ones, for everybody. */
export function CallsPage({ ctx, calls, next, filter, errors = [] }: CallsPageProps) {
  const { t } = ctx;
  const past = filter.past ?? false;
  const kinds = (['award', 'experiences'] as const).map((value) => ({ value, words: t(`calls.kind.${value}`) }));
  const query = new URLSearchParams({
    ...(filter.q ? { q: filter.q } : {}),
    ...(past ? { past: 'on' } : {}),
    ...(filter.kind ? { kind: filter.kind } : {}),
  });
  return (
    <Layout
      ctx={ctx}
      title={past ? t('calls.list.past') : t('calls.list.title')}
      lead={t('calls.list.lead')}
      hero
      errors={errors}
      head={<link rel="canonical" href={`${ctx.publicUrl}/calls${past ? '?past=on' : ''}`} />}
    >
      <ListTools
        ctx={ctx}
        action="/calls"
        search={filter.q}
        filters={[{ name: 'kind', label: t('calls.list.kind'), options: kinds, value: filter.kind }]}
        hidden={{ past: past ? 'on' : undefined }}
      />
      <div data-list>
        {calls.length === 0 ? (
          <EmptyState title={t('calls.list.none')} />
        ) : (
          <ul class="cards calls">
            {calls.map((call) => (
              <CallCard key={call.slug} ctx={ctx} call={call} />
            ))}
          </ul>
        )}
        <Pager ctx={ctx} next={next && `/calls?${query}${query.size > 0 ? '&' : ''}cursor=${encodeURIComponent(next)}`} />
      </div>
      <ButtonRow>
        <ButtonLink kind="quiet" href={past ? '/calls' : '/calls?past=on'}>
          {past ? t('calls.list.title') : t('calls.list.past')}
        </ButtonLink>
        <ButtonLink kind="quiet" href="/experiences">
          {t('calls.bank.title')}
        </ButtonLink>
        {ctx.viewer && (
          <ButtonLink kind="quiet" href="/entries">
            {t('entries.mine.title')}
          </ButtonLink>
        )}
      </ButtonRow>
    </Layout>
  );
}

function CallCard({ ctx, call }: { ctx: PageContext; call: CallRow }) {
  const { t } = ctx;
  const state = callState(call, ctx.now);
  return (
    <li class="card call-card">
      <p class="kicker">{t(`calls.kind.${call.kind}`)}</p>
      <h2>
        <a href={`/calls/${call.slug}`}>
          <LangText ctx={ctx} map={call.title} defaultLanguage={call.defaultLanguage} />
        </a>
      </h2>
      <p>
        <LangText ctx={ctx} map={call.summary} defaultLanguage={call.defaultLanguage} />
      </p>
      <p>
        <Tag tone={CALL_TONES[state]}>{t(`calls.state.${state}`)}</Tag>
      </p>
      <p class="call-deadline">
        {t('calls.fact.deadline')}: <When ctx={ctx} at={call.closesAt} zone={call.zone} />
      </p>
    </li>
  );
}
