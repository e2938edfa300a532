import type { ActivityRow } from '../../server/activities/queries.ts';
import { ICON } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { ActivityCard } from './activity-card.tsx';

/** The activities within the page of somebody else: no navigation, no script, links open beside it. */
export function EmbedPage({ ctx, activities }: { ctx: PageContext; activities: ActivityRow[] }) {
  const { t } = ctx;
  return (
    <html lang={ctx.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{t('activities.title')}</title>
        <link rel="stylesheet" href={ctx.assets.css} />
        <link rel="icon" href={ICON} />
      </head>
      <body>
        <main class="embed">
          <h1>
            <a href={`${ctx.publicUrl}/activities`} target="_blank" rel="noopener">
              {t('activities.title')}
            </a>
          </h1>
          {activities.length === 0 ? (
            <p>{t('activities.none')}</p>
          ) : (
            <ul class="cards">
              {activities.map((activity) => (
                <ActivityCard key={activity.id} ctx={ctx} activity={activity} outward />
              ))}
            </ul>
          )}
        </main>
      </body>
    </html>
  );
}
