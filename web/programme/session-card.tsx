import type { ShownSession } from '../../server/programme/shown.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { LangText } from '../ui/content.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Tag } from '../ui/tag.tsx';
import { hours, isOn, languageList, type ProgrammeEvent } from './words.ts';

/** Whether the reader may choose sessions, and which they chose. */
export interface Choosing {
  registered: boolean;
  chosen: readonly string[];
  /** Those in which they speak. */
  speaking: readonly string[];
  /** The full ones for which they wait, and as which. */
  waiting: Readonly<Record<string, number>>;
  /** The sessions whose places are given out: nobody chooses them here. */
  allotted: readonly string[];
  /** The sessions that take place at the same time as one of theirs, with its title. */
  clashes: Record<string, string>;
}

export interface SessionCardProps {
  ctx: PageContext;
  event: ProgrammeEvent;
  session: ShownSession;
  choosing: Choosing | null;
}

/** A session in a list: when, what, where, by whom, and the way into one's own programme. */
export function SessionCard({ ctx, event, session, choosing }: SessionCardProps) {
  const { t } = ctx;
  const words = (map: Record<string, string>) => <LangText ctx={ctx} map={map} defaultLanguage={event.defaultLanguage} />;
  const clash = choosing?.clashes[session.id];
  return (
    <li class={`session session-${session.kind}`} id={`s-${session.id}`}>
      <p class="session-time">
        <time dateTime={session.startsAt}>{hours(ctx, event.zone, session)}</time>
        {isOn(ctx, session) && <Tag tone="new">{t('programme.public.onNow')}</Tag>}
      </p>
      <div class="session-what">
        <p class="kicker">
          {t(`programme.kind.${session.kind}`)}
          {session.track && <> · {words(session.track.name)}</>}
        </p>
        <h3>
          <a href={`/events/${event.slug}/sessions/${session.id}`}>{words(session.title)}</a>
        </h3>
        {session.speakers.length > 0 && <p>{session.speakers.map(speakerWords).join(' · ')}</p>}
        <p class="session-where">
          {session.room && <span>{words(session.room.name)}</span>}
          {session.languages.length > 0 && <span>{languageList(ctx, session.languages)}</span>}
          {session.interpreting.length > 0 && (
            <span>
              {t('programme.public.interpreted')}: {languageList(ctx, session.interpreting)}
            </span>
          )}
          {session.free !== null && <span>{t('programme.public.left', { n: session.free })}</span>}
        </p>
        {clash && <p class="session-clash">{t('programme.own.sameTime', { title: clash })}</p>}
      </div>
      {choosing && <ChoiceForm ctx={ctx} event={event} session={session} choosing={choosing} />}
    </li>
  );
}

export const speakerWords = ({ name, organisation }: { name: string; organisation: string }) =>
  organisation && !name.includes(organisation) ? `${name} (${organisation})` : name;

/** The button that puts a session into one's own programme, or takes it out. */
export function ChoiceForm({
  ctx,
  event,
  session,
  choosing,
}: Pick<SessionCardProps, 'ctx' | 'event' | 'session'> & { choosing: Choosing }) {
  const { t } = ctx;
  const chosen = choosing.chosen.includes(session.id);
  if (choosing.allotted.includes(session.id)) return chosen ? <Tag tone="good">{t('programme.own.chosen')}</Tag> : null;
  const title = textIn(session.title, [ctx.language], event.defaultLanguage);
  const path = `/events/${event.slug}/sessions/${session.id}/choice`;
  const over = Temporal.Instant.compare(Temporal.Instant.from(session.endsAt), ctx.now) <= 0;
  if (chosen)
    return (
      <div class="session-choice">
        <Tag tone="good">{t('programme.own.chosen')}</Tag>
        <PostForm action={`${path}/removal`} inline>
          <Button kind="quiet" small label={t('programme.own.leaveOf', { title })}>
            {t('programme.own.leave')}
          </Button>
        </PostForm>
      </div>
    );
  const speaks = choosing.speaking.includes(session.id);
  if (speaks) return <Tag tone="good">{t('programme.own.speaking')}</Tag>;
  if (over || !choosing.registered || session.kind === 'break') return null;
  const place = choosing.waiting[session.id];
  const wait = `/events/${event.slug}/sessions/${session.id}/waiting`;
  if (place !== undefined)
    return (
      <div class="session-choice">
        <Tag>{t('programme.own.waiting', { n: place })}</Tag>
        <PostForm action={`${wait}/removal`} inline>
          <Button kind="quiet" small label={t('programme.own.stopWaitingOf', { title })}>
            {t('programme.own.stopWaiting')}
          </Button>
        </PostForm>
      </div>
    );
  if (session.free === 0)
    return (
      <div class="session-choice">
        <PostForm action={wait} inline>
          <Button kind="secondary" small label={t('programme.own.waitOf', { title })}>
            {t('programme.own.wait')}
          </Button>
        </PostForm>
      </div>
    );
  return (
    <div class="session-choice">
      <PostForm action={path} inline>
        <Button kind="secondary" small label={t('programme.own.chooseOf', { title })}>
          {t('programme.own.choose')}
        </Button>
      </PostForm>
    </div>
  );
}
