import type { PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';

/** A calendar that can be subscribed to. */
export interface FeedLink {
  /** Unique on its page. */
  id: string;
  name: string;
  /** https. */
  url: string;
}

const PROGRAMS: { name: string; href: (url: string, name: string) => string }[] = [
  { name: 'Google Calendar', href: (url) => `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(webcal(url))}` },
  {
    name: 'Outlook',
    href: (url, name) =>
      `https://outlook.office.com/calendar/0/addfromweb?url=${encodeURIComponent(url)}&name=${encodeURIComponent(name)}`,
  },
];

const webcal = (url: string) => url.replace(/^https?:/, 'webcal:');

/** The ways to subscribe to one calendar: on this device, with the programs that most people use, and its address for all others. */
export function FeedLinks({ ctx, feed }: { ctx: PageContext; feed: FeedLink }) {
  const { t } = ctx;
  const input = `feed-${feed.id}`;
  return (
    <div class="feed-links">
      <ButtonRow>
        <ButtonLink href={webcal(feed.url)} kind="secondary" small label={t('calendars.subscribe.deviceOf', { name: feed.name })}>
          {t('calendars.subscribe.device')}
        </ButtonLink>
        {PROGRAMS.map((program) => (
          <ButtonLink
            key={program.name}
            href={program.href(feed.url, feed.name)}
            kind="quiet"
            small
            label={t('calendars.subscribe.with', { name: feed.name, program: program.name })}
          >
            {program.name}
          </ButtonLink>
        ))}
      </ButtonRow>
      <div class="feed-address">
        <input
          class="input input-full"
          id={input}
          type="text"
          readOnly
          value={feed.url}
          aria-label={t('calendars.subscribe.address', { name: feed.name })}
          aria-describedby="copy-hint"
        />
        <button
          type="button"
          class="button button-quiet button-small"
          data-copy={input}
          data-copied={t('calendars.subscribe.copied')}
          hidden
        >
          <span aria-live="polite">{t('calendars.subscribe.copy')}</span>
        </button>
      </div>
    </div>
  );
}
