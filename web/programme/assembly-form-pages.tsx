import type { EventDetails } from '../../server/events/queries.ts';
import { BALLOTS, MAJORITIES } from '../../server/programme/assembly-input.ts';
import type { AgendaItem } from '../../server/programme/assembly-queries.ts';
import { map, text, type Values } from '../events/form-values.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { languagesOf } from '../events/texts-fields.tsx';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { RadioList } from '../ui/choice.tsx';
import { FileInput } from '../ui/file-input.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { rowsOf } from './edit-session-page.tsx';

interface FormProps {
  ctx: PageContext;
  event: EventDetails;
  /** `new` or an id. */
  id: string;
  values: Values;
  errors?: FieldError[];
}

/** An item of the agenda, with its documents. */
export function AgendaItemPage({ ctx, event, id, values, errors = [] }: FormProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/assembly`;
  const texts = { ctx, errors, languages: languagesOf(event) };
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={headed(ctx, event, id, values, t('assembly.addItem'))}
      width="text"
      errors={errors}
    >
      <PostForm action={`${path}/agenda/${id}`} multipart>
        <TextMapField
          {...texts}
          name="title"
          value={map(values, 'title')}
          label={t('assembly.itemTitle')}
          required
          maxlength={200}
        />
        <TextMapField {...texts} name="text" value={map(values, 'text')} label={t('assembly.itemText')} rows={6} />
        <h2>{t('assembly.documents')}</h2>
        {rowsOf(values, 'documents').map((row, at) => {
          const field = (name: string) => ({
            ctx,
            errors,
            name: `documents[${at}][${name}]`,
            value: text(row, name),
            unmarked: true,
          });
          return (
            <fieldset class="person-row" key={at}>
              <legend>{t('programme.field.materialN', { n: at + 1 })}</legend>
              {text(row, 'id') && <input type="hidden" name={`documents[${at}][id]`} value={text(row, 'id')} />}
              {text(row, 'fileId') && <input type="hidden" name={`documents[${at}][fileId]`} value={text(row, 'fileId')} />}
              <TextInput {...field('title')} label={t('assembly.documentTitle')} maxlength={200} />
              {!text(row, 'fileId') && <TextInput {...field('url')} label={t('assembly.documentUrl')} type="url" />}
            </fieldset>
          );
        })}
        <FileInput ctx={ctx} errors={errors} name="files" label={t('assembly.documentFile')} multiple maxBytes={20_000_000} />
        <Save ctx={ctx} back={path} />
      </PostForm>
    </OfficeFrame>
  );
}

/** A motion: what is voted on, how, and by which majority it is carried. */
export function MotionPage({ ctx, event, id, values, agenda, errors = [] }: FormProps & { agenda: readonly AgendaItem[] }) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/assembly`;
  const texts = { ctx, errors, languages: languagesOf(event) };
  const field = (name: string) => ({ ctx, errors, name, value: text(values, name) });
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={headed(ctx, event, id, values, t('assembly.addMotion'))}
      width="text"
      errors={errors}
    >
      <PostForm action={`${path}/motions/${id}`}>
        <TextMapField
          {...texts}
          name="title"
          value={map(values, 'title')}
          label={t('assembly.motionTitle')}
          required
          maxlength={200}
        />
        <TextMapField {...texts} name="text" value={map(values, 'text')} label={t('assembly.motionText')} rows={6} />
        <RadioList
          {...field('ballot')}
          label={t('assembly.ballot')}
          required
          options={BALLOTS.map((value) => ({ value, words: t(`assembly.ballot.${value}`) }))}
        />
        <RadioList
          {...field('majority')}
          label={t('assembly.majority')}
          required
          options={MAJORITIES.map((value) => ({ value, words: t(`assembly.majority.${value}`) }))}
        />
        <Select
          {...field('itemId')}
          label={t('assembly.item')}
          empty="–"
          options={agenda.map((item) => ({ value: item.id, words: textIn(item.title, [ctx.language], event.defaultLanguage) }))}
        />
        <Save ctx={ctx} back={path} />
      </PostForm>
    </OfficeFrame>
  );
}

function Save({ ctx, back }: { ctx: PageContext; back: string }) {
  return (
    <ButtonRow>
      <Button>{ctx.t('assembly.save')}</Button>
      <ButtonLink kind="quiet" href={back}>
        {ctx.t('events.office.back')}
      </ButtonLink>
    </ButtonRow>
  );
}

const headed = (ctx: PageContext, event: EventDetails, id: string, values: Values, fresh: string) =>
  (id !== 'new' && textIn(map(values, 'title'), [ctx.language], event.defaultLanguage)) || fresh;
