import type { FEED_KINDS } from '../../server/calendars/input.ts';
import { Layout } from '../layout.tsx';
import { formatDate, formatInstant } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { RadioList } from '../ui/choice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { FeedLinks } from './feed-links.tsx';

type Kind = (typeof FEED_KINDS)[number];

export interface OwnFeed {
  id: string;
  kind: Kind;
  name: string;
  url: string;
  createdAt: Temporal.Instant;
  lastReadOn: Temporal.PlainDate | null;
}

interface Props {
  ctx: PageContext;
  feeds: OwnFeed[];
  /** Without a back office there is nothing that one organises. */
  kinds: readonly Kind[];
  typed?: { kind?: string; name?: string };
  errors?: FieldError[];
}

/** The calendars that somebody made for themselves: each with its links, and a button that ends it. */
export function FeedsPage({ ctx, feeds, kinds, typed = {}, errors = [] }: Props) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('calendars.feeds.title')}
      lead={t('calendars.feeds.lead')}
      width="text"
      breadcrumbs={[
        { words: t('accounts.account.title'), href: '/account' },
        { words: t('calendars.subscribe.title'), href: '/calendars' },
      ]}
      errors={errors}
    >
      {feeds.length === 0 ? (
        <p>{t('calendars.feeds.empty')}</p>
      ) : (
        <>
          <ul class="plain-list">
            {feeds.map((feed) => (
              <li key={feed.id}>
                <Own ctx={ctx} feed={feed} />
              </li>
            ))}
          </ul>
          <p class="hint" id="copy-hint">
            {t('calendars.subscribe.copyHint')}
          </p>
        </>
      )}
      <section aria-labelledby="new">
        <h2 id="new">{t('calendars.feeds.new')}</h2>
        <PostForm action="/account/calendars">
          {kinds.length > 1 ? (
            <RadioList
              ctx={ctx}
              name="kind"
              label={t('calendars.feeds.kind')}
              value={typed.kind ?? kinds[0]}
              options={kinds.map((value) => ({ value, words: t(`calendars.feeds.kind.${value}`) }))}
              errors={errors}
              required
            />
          ) : (
            <input type="hidden" name="kind" value={kinds[0]} />
          )}
          <TextInput
            ctx={ctx}
            name="name"
            label={t('calendars.feeds.name')}
            hint={t('calendars.feeds.nameHint')}
            value={typed.name}
            maxlength={100}
            errors={errors}
            required
          />
          <Button>{t('calendars.feeds.create')}</Button>
        </PostForm>
      </section>
      <section>
        <p class="hint">{t('calendars.subscribe.slow')}</p>
      </section>
    </Layout>
  );
}

function Own({ ctx, feed }: { ctx: PageContext; feed: OwnFeed }) {
  const { t } = ctx;
  return (
    <section aria-labelledby={`name-${feed.id}`}>
      <h2 id={`name-${feed.id}`}>{feed.name}</h2>
      <p>
        {t(`calendars.feeds.kind.${feed.kind}`)} ·{' '}
        {t('calendars.feeds.since', { date: formatInstant(feed.createdAt, ctx.language, ctx.zone, 'date') })} ·{' '}
        {feed.lastReadOn
          ? t('calendars.feeds.read', { date: formatDate(feed.lastReadOn, ctx.language) })
          : t('calendars.feeds.unread')}
      </p>
      <FeedLinks ctx={ctx} feed={feed} />
      <PostForm action={`/account/calendars/${feed.id}/removal`} inline>
        <Button kind="quiet" small label={t('calendars.feeds.revokeOf', { name: feed.name })}>
          {t('calendars.feeds.revoke')}
        </Button>
      </PostForm>
    </section>
  );
}
