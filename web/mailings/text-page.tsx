import { FIELDS } from '../../server/mailings/fields.ts';
import type { Mailing } from '../../server/mailings/queries.ts';
import { Layout } from '../layout.tsx';
import { languageName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { crumbs, HOME } from './words.ts';

export interface TextPageProps {
  ctx: PageContext;
  mailing: Mailing;
  /** The main one first. */
  languages: string[];
  errors?: FieldError[];
}

/** What a mailing says, language by language, and what stands in for what is not known. */
export function TextPage({ ctx, mailing, languages, errors = [] }: TextPageProps) {
  const { t } = ctx;
  const words = (tag: string) => languageName(tag, ctx.language);
  return (
    <Layout
      ctx={ctx}
      title={t('mailings.text.title')}
      lead={t('mailings.text.lead')}
      errors={errors}
      breadcrumbs={crumbs(ctx, mailing)}
    >
      <p>
        {t('mailings.text.fields')}:{' '}
        {FIELDS.map((field) => (
          <>
            <code key={field}>{`{{${field}}}`}</code>{' '}
          </>
        ))}
      </p>
      <PostForm action={`${HOME}/${mailing.id}/text`}>
        {mailing.state === 'draft' && (
          <Select
            ctx={ctx}
            name="defaultLanguage"
            label={t('mailings.text.default')}
            required
            value={mailing.defaultLanguage}
            options={languages.map((tag) => ({ value: tag, words: words(tag) }))}
            errors={errors}
          />
        )}
        {languages.map((tag) => (
          <fieldset key={tag} class="part">
            <legend>{words(tag)}</legend>
            <TextInput
              ctx={ctx}
              name={`texts[${tag}][subject]`}
              label={t('mailings.text.subject')}
              lang={tag}
              maxlength={300}
              unmarked
              value={mailing.texts[tag]?.subject}
              errors={errors}
            />
            <TextArea
              ctx={ctx}
              name={`texts[${tag}][body]`}
              label={t('mailings.text.body')}
              lang={tag}
              rows={12}
              unmarked
              value={mailing.texts[tag]?.body}
              errors={errors}
            />
            <TextInput
              ctx={ctx}
              name={`texts[${tag}][button]`}
              label={t('mailings.text.button')}
              lang={tag}
              maxlength={80}
              value={mailing.texts[tag]?.button}
              errors={errors}
            />
          </fieldset>
        ))}
        <h2>{t('mailings.text.fallbacks')}</h2>
        {(['organisation', 'country', 'event.place'] as const).map((field) => (
          <TextMapField
            key={field}
            ctx={ctx}
            name={`fallbacks[${field}]`}
            label={<code>{`{{${field}}}`}</code>}
            languages={languages}
            value={mailing.fallbacks[field]}
            errors={errors}
          />
        ))}
        <TextInput ctx={ctx} name="addLanguage" label={t('mailings.text.add')} size="short" maxlength={35} errors={errors} />
        <ButtonRow>
          <Button>{t('mailings.text.save')}</Button>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
