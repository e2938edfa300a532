import type { EventDetails } from '../../server/events/queries.ts';
import { SESSION_KINDS, SPEAKER_ROLES } from '../../server/programme/input.ts';
import type { Programme, Session } from '../../server/programme/programme.ts';
import type { WaitingRow } from '../../server/programme/waiting.ts';
import { map, several, text, type Values } from '../events/form-values.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { languagesOf } from '../events/texts-fields.tsx';
import { languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { CheckboxList } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { FileInput } from '../ui/file-input.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { WaitingSection } from './waiting-section.tsx';

export interface EditSessionPageProps {
  ctx: PageContext;
  event: EventDetails;
  programme: Programme;
  /** Undefined for a new one. */
  session?: Session;
  values: Values;
  /** Who waits for a place in it. */
  waiting: WaitingRow[];
  errors?: FieldError[];
}

// Empty rows to write in: a form without a script cannot grow.
const SPARE = 3;

/** One session as it is written: what, when, where, in which languages, by whom, with which materials. */
export function EditSessionPage(props: EditSessionPageProps) {
  const { ctx, event, programme, session, values, errors = [] } = props;
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/programme`;
  const words = (texts: Record<string, string>) => textIn(texts, [ctx.language], event.defaultLanguage);
  const field = (name: string) => ({ ctx, errors, name, value: text(values, name) });
  const texts = { ctx, errors, languages: languagesOf(event) };
  const tags = [...new Set([...languagesOf(event), ...several(values, 'languages'), ...several(values, 'interpreting')])];
  const languages = tags.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }));
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={session ? words(session.title) : t('programme.session.new')}
      width="text"
      errors={errors}
    >
      <PostForm action={session ? `${path}/sessions/${session.id}` : `${path}/sessions/new`} multipart>
        <TextMapField
          {...texts}
          name="title"
          value={map(values, 'title')}
          label={t('programme.field.title')}
          required
          maxlength={200}
        />
        <Select
          {...field('kind')}
          label={t('programme.field.kind')}
          required
          size="medium"
          options={SESSION_KINDS.map((kind) => ({ value: kind, words: t(`programme.kind.${kind}`) }))}
        />
        <DateTimeInput {...field('starts')} label={t('programme.field.starts')} zone={event.zone} required />
        <TextInput {...field('minutes')} label={t('programme.field.minutes')} inputmode="numeric" size="short" required />
        <Select
          {...field('roomId')}
          label={t('programme.field.room')}
          size="medium"
          empty={t('programme.office.noRoom')}
          options={programme.rooms.map(({ id, name }) => ({ value: id, words: words(name) }))}
        />
        {programme.tracks.length > 0 && (
          <Select
            {...field('trackId')}
            label={t('programme.field.track')}
            size="medium"
            empty="–"
            options={programme.tracks.map(({ id, name }) => ({ value: id, words: words(name) }))}
          />
        )}
        <TextInput
          {...field('capacity')}
          label={t('programme.field.capacity')}
          hint={t('programme.field.capacityHint')}
          inputmode="numeric"
          size="short"
        />
        {(['languages', 'interpreting'] as const).map((name) => (
          <CheckboxList
            key={name}
            ctx={ctx}
            errors={errors}
            name={name}
            label={t(`programme.field.${name}`)}
            options={languages}
            values={several(values, name)}
          />
        ))}
        <TextMapField
          {...texts}
          name="abstract"
          value={map(values, 'abstract')}
          label={t('programme.field.abstract')}
          hint={t('programme.field.abstractHint')}
          rows={6}
        />
        <SpeakerRows {...props} />
        <MaterialRows {...props} />
        <ButtonRow>
          <Button>{t('events.office.save')}</Button>
          <ButtonLink kind="quiet" href={path}>
            {t('events.office.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
      {session && (
        <p>
          <a href={`${path}/sessions/${session.id}/removal`}>{t('programme.session.remove')}</a>
        </p>
      )}
      {props.waiting.length > 0 && <WaitingSection ctx={ctx} slug={event.slug} waiting={props.waiting} />}
    </OfficeFrame>
  );
}

/** The rows of a list as they were posted or are, with some empty ones to write in. */
export function rowsOf(values: Values, name: string): Values[] {
  const list = Array.isArray(values[name]) ? (values[name] as unknown[]) : [];
  const rows = list.filter((row): row is Values => typeof row === 'object' && row !== null);
  return [...rows, ...Array.from({ length: SPARE }, () => ({}))];
}

function SpeakerRows({ ctx, errors = [], values }: EditSessionPageProps) {
  const { t } = ctx;
  return (
    <section aria-labelledby="speakers">
      <h2 id="speakers">{t('programme.field.speakers')}</h2>
      <p class="hint">{t('programme.field.speakersHint')}</p>
      {rowsOf(values, 'speakers').map((row, at) => {
        const field = (name: string) => ({
          ctx,
          errors,
          name: `speakers[${at}][${name}]`,
          value: text(row, name),
          unmarked: true,
        });
        return (
          <fieldset class="person-row" key={at}>
            <legend>
              {t('programme.field.speakerN', { n: at + 1 })}
              {row.personId ? ` (${t('programme.field.known')})` : ''}
            </legend>
            {text(row, 'id') && <input type="hidden" name={`speakers[${at}][id]`} value={text(row, 'id')} />}
            <TextInput {...field('name')} label={t('programme.field.name')} maxlength={200} />
            <TextInput {...field('organisation')} label={t('programme.field.organisation')} maxlength={200} />
            <Select
              {...field('role')}
              label={t('programme.field.role')}
              value={text(row, 'role') || 'speaker'}
              options={SPEAKER_ROLES.map((role) => ({ value: role, words: t(`programme.role.${role}`) }))}
            />
            <TextInput {...field('email')} label={t('programme.field.email')} type="email" />
          </fieldset>
        );
      })}
    </section>
  );
}

function MaterialRows({ ctx, errors = [], values, event }: EditSessionPageProps) {
  const { t } = ctx;
  return (
    <section aria-labelledby="materials">
      <h2 id="materials">{t('programme.field.materials')}</h2>
      <p class="hint">{t('programme.field.materialsHint')}</p>
      {rowsOf(values, 'materials').map((row, at) => {
        const field = (name: string) => ({
          ctx,
          errors,
          name: `materials[${at}][${name}]`,
          value: text(row, name),
          unmarked: true,
        });
        const file = text(row, 'fileId');
        return (
          <fieldset class="person-row" key={at}>
            <legend>{t('programme.field.materialN', { n: at + 1 })}</legend>
            {text(row, 'id') && <input type="hidden" name={`materials[${at}][id]`} value={text(row, 'id')} />}
            {file && <input type="hidden" name={`materials[${at}][fileId]`} value={file} />}
            <TextInput {...field('title')} label={t('programme.field.title')} maxlength={200} />
            {file ? (
              <p>
                <a href={`/events/${event.slug}/files/${file}`}>{text(row, 'title')}</a>
              </p>
            ) : (
              <TextInput {...field('url')} label={t('programme.field.url')} type="url" />
            )}
          </fieldset>
        );
      })}
      <FileInput
        ctx={ctx}
        errors={errors}
        name="files"
        label={t('programme.field.file')}
        multiple
        maxBytes={20_000_000}
        kinds="PDF, DOCX, ODT, XLSX, PPTX, JPEG, PNG"
      />
    </section>
  );
}
