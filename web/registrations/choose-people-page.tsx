import type { DraftContent } from '../../server/registrations/delegation-draft.ts';
import { languageName } from '../locales/format.ts';
import { LANGUAGES } from '../locales/languages.ts';
import type { FieldError } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { errorOf } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { type DelegationSetting, DelegationStep } from './delegation-frame.tsx';
import { PlacesLeft, roomOf } from './places-left.tsx';
import { TONES } from './registration-page.tsx';

export interface ChoosePeopleProps extends DelegationSetting {
  roster: {
    personId: string;
    name: string;
    title: string;
    registration: { id: string; state: 'pending' | 'confirmed' | 'waiting' } | null;
  }[];
  content: DraftContent;
  /** How many empty rows for new people. */
  rows: number;
  errors?: FieldError[];
}

/** The first step: who comes, from the people of the organisation or new. */
export function ChoosePeoplePage(props: ChoosePeopleProps) {
  const { ctx, event, base, left, roster, content, errors = [] } = props;
  const { t } = ctx;
  const chosen = new Set(content.people.flatMap(({ personId }) => personId ?? []));
  const typed = content.people.filter(({ personId }) => personId === undefined);
  const room = roomOf(left);
  const free = left.queueOpen ? 0 : left.free;
  const n = content.people.length;
  const wrong = errorOf('personIds', errors);
  return (
    <DelegationStep setting={props} step={0} title={t('registrations.people.title')} errors={errors}>
      <PostForm action={`${base}/people`} id="party" hidden={{ _rows: props.rows }}>
        <PlacesLeft ctx={ctx} left={left} waitingList={event.waitingList} chosen={n} />
        <div data-when-over="room" hidden={room === null || n <= room}>
          <Notice kind="warning">{t('registrations.people.overRoom', { n: room ?? 0 })}</Notice>
        </div>
        <div data-when-over="free" hidden={n <= free || (room !== null && n > room)}>
          <Notice>{event.waitingList ? t('registrations.people.overFree') : t('registrations.people.overFreeNoList')}</Notice>
        </div>
        {roster.length > 0 && (
          <fieldset class={`field field-group${wrong ? ' field-wrong' : ''}`}>
            <legend class="label">{t('registrations.people.roster')}</legend>
            {wrong && <p class="field-error">{wrong}</p>}
            <div class="choices">
              {roster.map((person, at) => {
                const id = at === 0 ? 'f-personIds' : `f-personIds--${at}`;
                return (
                  <div class="choice" key={person.personId}>
                    <input
                      type="checkbox"
                      id={id}
                      name="personIds"
                      value={person.personId}
                      checked={chosen.has(person.personId)}
                      disabled={person.registration !== null}
                    />
                    <label for={id}>
                      {person.name}
                      {person.title && <span class="hint"> · {person.title}</span>}
                    </label>
                    {person.registration && (
                      <p class="hint">
                        <Tag tone={TONES[person.registration.state]}>{t(`registrations.state.${person.registration.state}`)}</Tag>
                      </p>
                    )}
                  </div>
                );
              })}
            </div>
          </fieldset>
        )}
        {Array.from({ length: typed.length + props.rows }, (_, at) => (
          <NewPerson key={at} {...props} at={at} person={typed[at]} />
        ))}
        <ButtonRow>
          <Button kind="secondary" name="_more" value="1">
            {t('registrations.people.more')}
          </Button>
        </ButtonRow>
        <ButtonRow>
          <Button>{t('registrations.step.next')}</Button>
          <ButtonLink kind="quiet" href={`/events/${event.slug}`}>
            {t('registrations.step.toEvent')}
          </ButtonLink>
        </ButtonRow>
        <p class="hint">{t('registrations.people.kept')}</p>
      </PostForm>
    </DelegationStep>
  );
}

function NewPerson({ ctx, at, person, errors }: ChoosePeopleProps & { at: number; person?: DraftContent['people'][number] }) {
  const { t } = ctx;
  const name = (field: string) => `people[${at}][${field}]`;
  return (
    <fieldset class="field field-group new-person">
      <legend class="label">{t('registrations.people.new', { n: at + 1 })}</legend>
      <div class="new-person-fields">
        <TextInput
          ctx={ctx}
          errors={errors}
          name={name('name')}
          value={person?.name}
          label={t('registrations.person.name')}
          unmarked
          autocomplete="off"
          maxlength={200}
        />
        <TextInput
          ctx={ctx}
          errors={errors}
          name={name('email')}
          value={person?.email}
          type="email"
          label={t('registrations.person.email')}
          hint={t('registrations.person.emailHint')}
          spellcheck={false}
          autocomplete="off"
          maxlength={254}
        />
        <Select
          ctx={ctx}
          errors={errors}
          name={name('language')}
          value={person?.language || ctx.language}
          label={t('registrations.person.language')}
          unmarked
          options={LANGUAGES.map((value) => ({ value, words: languageName(value, ctx.language) }))}
        />
      </div>
    </fieldset>
  );
}
