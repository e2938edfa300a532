import type { EventDetails } from '../../server/events/queries.ts';
import type { Concern, Overlap } from '../../server/programme/overlaps.ts';
import type { Programme, Session } from '../../server/programme/programme.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { formatDate, formatInstant } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Slot } from './slot.tsx';
import { dayWords } from './words.ts';

export interface OfficeProgrammePageProps {
  ctx: PageContext;
  event: EventDetails;
  programme: Programme;
  days: string[];
  /** The day that is shown. */
  day: string | undefined;
  overlaps: Overlap[];
  concerns: Concern[];
  release: { no: number; releasedAt: Temporal.Instant } | null;
  /** How many sessions differ from the last release. */
  differences: number;
  errors?: FieldError[];
  /** What lets sessions be dragged. */
  script: string;
}

/** The draft of a programme as a grid of rooms and times, a day at a time; every session can be moved from here. */
export function OfficeProgrammePage(props: OfficeProgrammePageProps) {
  const { ctx, event, programme, days, day, release, differences } = props;
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/programme`;
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('programme.office.title')}
      lead={t('programme.office.lead')}
      tab="programme"
      errors={props.errors}
      head={<script type="module" src={props.script} />}
      actions={
        <ButtonRow>
          <ButtonLink href={day ? `${path}/sessions/new?day=${day}` : `${path}/sessions/new`}>
            {t('programme.office.add')}
          </ButtonLink>
          <ButtonLink kind="secondary" href={`${path}/rooms`}>
            {t('programme.office.divisions')}
          </ButtonLink>
          <ButtonLink kind="secondary" href={`${path}/release`}>
            {t('programme.office.release')}
          </ButtonLink>
        </ButtonRow>
      }
    >
      {programme.sessions.length === 0 ? (
        <EmptyState title={t('programme.office.none')}>{t('programme.office.noneLead')}</EmptyState>
      ) : (
        <>
          <p>
            {release
              ? `${t('programme.office.released', { no: release.no, when: formatInstant(release.releasedAt, ctx.language, ctx.zone) })}. ${t('programme.office.differs', { n: differences })}.`
              : t('programme.office.never')}{' '}
            {release && <a href={`/events/${event.slug}/programme`}>{t('programme.office.public')}</a>}
          </p>
          <Warnings {...props} />
          <Tabs
            ctx={ctx}
            label={t('programme.public.days')}
            tabs={days.map((one) => ({
              href: `${path}?day=${one}`,
              words: formatDate(Temporal.PlainDate.from(one), ctx.language, 'day'),
              current: one === day,
            }))}
          />
          {day && <Grid {...props} day={day} />}
        </>
      )}
    </OfficeFrame>
  );
}

function Warnings({ ctx, event, programme, overlaps, concerns }: OfficeProgrammePageProps) {
  const { t } = ctx;
  if (overlaps.length + concerns.length === 0) return null;
  const words = (map: Record<string, string> | undefined) => textIn(map, [ctx.language], event.defaultLanguage);
  const title = (id: string) => words(programme.sessions.find((session) => session.id === id)?.title);
  const room = (id: string) => words(programme.rooms.find((one) => one.id === id)?.name);
  return (
    <Notice kind="warning" title={overlaps.length > 0 ? t('programme.office.overlaps', { n: overlaps.length }) : undefined}>
      <ul>
        {overlaps.map(({ kind, sessions: [a, b], what }) => (
          <li key={`${kind}${a}${b}${what}`}>
            {kind === 'room'
              ? t('programme.office.overlapRoom', { what: room(what), a: title(a), b: title(b) })
              : t('programme.office.overlapSpeaker', { what, a: title(a), b: title(b) })}
          </li>
        ))}
        {concerns.map(({ code, session }) => (
          <li key={code + session}>{t(`programme.office.${code}`, { a: title(session) })}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Grid({ ctx, event, programme, day, overlaps }: OfficeProgrammePageProps & { day: string }) {
  const { t } = ctx;
  const here = programme.sessions.filter((session) => session.starts.startsWith(day));
  const times = [...new Set(here.map((session) => session.starts))].sort();
  const roomless = here.some((session) => session.roomId === null);
  const columns = [
    ...programme.rooms.map(({ id, name }) => ({
      id: id as string | null,
      words: textIn(name, [ctx.language], event.defaultLanguage),
    })),
    ...(roomless || programme.rooms.length === 0 ? [{ id: null, words: t('programme.office.noRoom') }] : []),
  ];
  const label = t('programme.office.grid', { day: dayWords(ctx, day) });
  const overlapping = new Set(overlaps.flatMap(({ sessions }) => sessions));
  const slot = (session: Session) => (
    <Slot
      key={session.id}
      ctx={ctx}
      event={event}
      session={session}
      rooms={programme.rooms}
      overlaps={overlapping.has(session.id)}
    />
  );
  return (
    <div class="table-scroll" role="region" tabIndex={0} aria-label={label}>
      <table class="programme-grid">
        <caption class="unseen">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('programme.office.time')}</th>
            {columns.map((column) => (
              <th key={column.id ?? ''} scope="col">
                {column.words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((starts) => (
            <tr key={starts}>
              <th scope="row">
                <time dateTime={starts}>{starts.slice(11)}</time>
              </th>
              {columns.map((column) => (
                <td key={column.id ?? ''} data-starts={starts} data-room={column.id ?? ''}>
                  {here.filter((session) => session.starts === starts && session.roomId === column.id).map(slot)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
