import type { EventDetails } from '../../server/events/queries.ts';
import type { Aspect, Difference } from '../../server/programme/differences.ts';
import type { Programme, Session } from '../../server/programme/programme.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { formatDateRange, formatInstant } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { speakerWords } from './session-card.tsx';
import { instant, languageList } from './words.ts';

export interface ReleasePageProps {
  ctx: PageContext;
  event: EventDetails;
  programme: Programme;
  former: Programme;
  differences: Difference[];
  releases: { id: string; no: number; note: string; releasedAt: Temporal.Instant; releasedBy: string | null }[];
  note: string;
  errors?: FieldError[];
  refusal?: string;
}

const TONES = { added: 'good', removed: 'bad', changed: 'wait' } as const;

/** What a release would change, in words, before it is done. */
export function ReleasePage(props: ReleasePageProps) {
  const { ctx, event, differences, releases, errors = [] } = props;
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/programme`;
  return (
    <OfficeFrame ctx={ctx} event={event} title={t('programme.release.title')} width="text" errors={errors}>
      {props.refusal && <Notice kind="error">{props.refusal}</Notice>}
      <p>{t('programme.release.lead')}</p>
      <h2>{t('programme.release.changes')}</h2>
      {differences.length === 0 ? (
        <p>{t('programme.release.nothing')}</p>
      ) : (
        <ul class="differences">
          {differences.map((difference) => (
            <li key={difference.session}>
              <Tag tone={TONES[difference.how]}>{t(`programme.release.${difference.how}`)}</Tag>{' '}
              <strong>{textIn((difference.after ?? difference.before)?.title, [ctx.language], event.defaultLanguage)}</strong>
              <Aspects {...props} difference={difference} />
            </li>
          ))}
        </ul>
      )}
      <PostForm action={`${path}/release`}>
        <TextInput ctx={ctx} errors={errors} name="note" value={props.note} label={t('programme.release.note')} maxlength={500} />
        <ButtonRow>
          <Button>{t('programme.release.go')}</Button>
          <ButtonLink kind="quiet" href={path}>
            {t('events.office.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
      {releases.length > 0 && (
        <>
          <h2>{t('programme.release.earlier')}</h2>
          <ul>
            {releases.map(({ id, no, note, releasedAt, releasedBy }) => (
              <li key={id}>
                {t('programme.public.version', { no, when: formatInstant(releasedAt, ctx.language, ctx.zone) })}
                {releasedBy && `, ${releasedBy}`}
                {note && `: ${note}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </OfficeFrame>
  );
}

function Aspects(props: ReleasePageProps & { difference: Difference }) {
  const { ctx, event, programme, former, difference } = props;
  const { before, after, aspects } = difference;
  const { t } = ctx;
  if (!before || !after) {
    const one = after ?? before;
    return one ? <span> · {stated(ctx, event, 'time', one, after ? programme : former)}</span> : null;
  }
  return (
    <ul>
      {aspects.map((aspect) => (
        <li key={aspect}>
          {t(`programme.aspect.${aspect}`)}:{' '}
          <del class="was">
            <span class="unseen">{t('programme.release.from')} </span>
            {stated(ctx, event, aspect, before, former) || '–'}
          </del>{' '}
          <ins class="is">
            <span class="unseen">{t('programme.release.to')} </span>
            {stated(ctx, event, aspect, after, programme) || '–'}
          </ins>
        </li>
      ))}
    </ul>
  );
}

function stated(ctx: PageContext, event: EventDetails, aspect: Aspect, session: Session, { rooms, tracks }: Programme): string {
  const words = (map: Record<string, string> | undefined) => textIn(map, [ctx.language], event.defaultLanguage);
  switch (aspect) {
    case 'time':
      return formatDateRange(instant(session.startsAt), instant(session.endsAt), ctx.language, event.zone, 'dateTime');
    case 'room':
      return words(rooms.find(({ id }) => id === session.roomId)?.name);
    case 'track':
      return words(tracks.find(({ id }) => id === session.trackId)?.name);
    case 'title':
      return words(session.title);
    case 'abstract':
      return words(session.abstract).slice(0, 120);
    case 'kind':
      return ctx.t(`programme.kind.${session.kind}`);
    case 'languages':
      return [languageList(ctx, session.languages), languageList(ctx, session.interpreting)].filter(Boolean).join(' → ');
    case 'capacity':
      return session.capacity === null ? '' : String(session.capacity);
    case 'speakers':
      return session.speakers.map(speakerWords).join(', ');
    case 'materials':
      return session.materials.map(({ title }) => title).join(', ');
  }
}
