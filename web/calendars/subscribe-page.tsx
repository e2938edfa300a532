import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { type FeedLink, FeedLinks } from './feed-links.tsx';

interface Props {
  ctx: PageContext;
  all: FeedLink;
  networks: (FeedLink & { lang?: string })[];
}

/** The calendars of the network that anybody may subscribe to, and the way to one's own. */
export function SubscribePage({ ctx, all, networks }: Props) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('calendars.subscribe.title')} lead={t('calendars.subscribe.lead')} width="text">
      <section aria-labelledby="all">
        <h2 id="all">{t('calendars.subscribe.all')}</h2>
        <FeedLinks ctx={ctx} feed={all} />
        <p class="hint" id="copy-hint">
          {t('calendars.subscribe.copyHint')}
        </p>
      </section>
      <section aria-labelledby="yours">
        <h2 id="yours">{t('calendars.subscribe.yours')}</h2>
        <p>{t('calendars.subscribe.yoursLead')}</p>
        {ctx.viewer ? (
          <ButtonLink href="/account/calendars">{t('calendars.subscribe.go')}</ButtonLink>
        ) : (
          <ButtonLink href="/sign-in?next=%2Faccount%2Fcalendars" kind="secondary">
            {t('calendars.subscribe.signIn')}
          </ButtonLink>
        )}
      </section>
      {networks.length > 0 && (
        <section aria-labelledby="networks">
          <h2 id="networks">{t('calendars.subscribe.networks')}</h2>
          <ul class="plain-list">
            {networks.map((network) => (
              <li key={network.id}>
                <h3 lang={network.lang}>{network.name}</h3>
                <FeedLinks ctx={ctx} feed={network} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <p class="hint">{t('calendars.subscribe.slow')}</p>
      </section>
    </Layout>
  );
}
