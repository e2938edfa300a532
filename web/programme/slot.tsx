import type { EventDetails } from '../../server/events/queries.ts';
import { STEPS } from '../../server/programme/input.ts';
import type { Room, Session } from '../../server/programme/programme.ts';
import { minutesOf } from '../../server/programme/rules.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { LangText } from '../ui/content.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Options } from '../ui/select.tsx';
import { Tag } from '../ui/tag.tsx';
import { TypedInput } from '../ui/typed-fields.tsx';
import { Unfold } from '../ui/unfold.tsx';

export interface SlotProps {
  ctx: PageContext;
  event: EventDetails;
  session: Session;
  rooms: readonly Room[];
  overlaps: boolean;
}

/** A session in the grid, with the buttons and fields that move it: no mouse and no script is needed. */
export function Slot({ ctx, event, session, rooms, overlaps }: SlotProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/programme/sessions/${session.id}`;
  const words = (map: Record<string, string>) => textIn(map, [ctx.language], event.defaultLanguage);
  const title = words(session.title);
  const id = (name: string) => `${name}-${session.id}`;
  const minutes = minutesOf(session);
  return (
    <article class={`slot${overlaps ? ' slot-overlaps' : ''}`} id={`s-${session.id}`} aria-labelledby={id('title')}>
      <p>
        {session.starts.slice(11)}–{session.ends.slice(11)} · {t(`programme.kind.${session.kind}`)}
      </p>
      <p id={id('title')}>
        <a href={path}>
          <LangText ctx={ctx} map={session.title} defaultLanguage={event.defaultLanguage} />
        </a>
      </p>
      {session.speakers.length > 0 && <p class="hint">{session.speakers.map(({ name }) => name).join(' · ')}</p>}
      {overlaps && (
        <p>
          <Tag tone="bad">{t('programme.office.overlap')}</Tag>
        </p>
      )}
      <Unfold actions={[`${path}/place`]}>
        <summary>
          <span aria-hidden="true">{t('programme.office.move')}</span>
          <span class="unseen">{t('programme.office.moveOf', { title })}</span>
        </summary>
        <PostForm action={`${path}/place`} label={t('programme.office.moveOf', { title })}>
          <div class="steps-of">
            {STEPS.map((step) => (
              <Button key={step} kind="secondary" small name="step" value={step}>
                {t(`programme.office.step.${step}`)}
              </Button>
            ))}
          </div>
        </PostForm>
        <PostForm action={`${path}/place`} label={t('programme.office.moveHere')}>
          <div>
            <label class="label" for={id('starts')}>
              {t('programme.field.starts')}
            </label>
            <TypedInput class="input" type="datetime-local" id={id('starts')} name="starts" value={session.starts} />
          </div>
          <div>
            <label class="label" for={id('minutes')}>
              {t('programme.field.minutes')}
            </label>
            <TypedInput class="input input-short" inputMode="numeric" id={id('minutes')} name="minutes" value={minutes} />
          </div>
          <div>
            <label class="label" for={id('room')}>
              {t('programme.field.room')}
            </label>
            <select class="input select" id={id('room')} name="roomId">
              <option value="">{t('programme.office.noRoom')}</option>
              <Options
                options={rooms.map((room) => ({ value: room.id, words: words(room.name) }))}
                value={session.roomId ?? ''}
              />
            </select>
          </div>
          <Button kind="secondary" small>
            {t('programme.office.moveHere')}
          </Button>
        </PostForm>
      </Unfold>
    </article>
  );
}
