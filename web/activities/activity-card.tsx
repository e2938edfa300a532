import type { ActivityRow } from '../../server/activities/queries.ts';
import { countryName, formatDateRange } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { LangText } from '../ui/content.tsx';

/** An activity among others: what, when, where, whose. */
export function ActivityCard({ ctx, activity, outward }: { ctx: PageContext; activity: ActivityRow; outward?: boolean }) {
  const { organisation, startsAt, endsAt, zone, place } = activity;
  const href = `${outward ? ctx.publicUrl : ''}/activities/${activity.id}`;
  return (
    <li class="card activity-card">
      {activity.pictureId && <img src={`/activities/${activity.id}/picture`} alt="" loading="lazy" width="320" height="180" />}
      <p class="kicker">
        {organisation.name}, {countryName(organisation.country, ctx.language)}
      </p>
      <h2 class="activity-title">
        <a href={href} {...(outward ? { target: '_blank', rel: 'noopener' } : {})}>
          <LangText ctx={ctx} map={activity.title} defaultLanguage={organisation.language} />
        </a>
      </h2>
      <p class="event-when">
        <time dateTime={startsAt.toString()}>{formatDateRange(startsAt, endsAt, ctx.language, zone, 'dateTime')}</time>
      </p>
      {place && <p>{place}</p>}
    </li>
  );
}
