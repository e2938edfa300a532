import type { DocumentKind } from '../../db/tables/documents.ts';
import { FIELDS } from '../../server/documents/rules.ts';
import { map, type Values } from '../events/form-values.ts';
import { languageName } from '../locales/format.ts';
import type { FieldError } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { DocumentsFrame, type Of, officePath } from './frame.tsx';
import { fieldWords } from './lacking-table.tsx';

/** The text of one kind of document in the languages of the event or call. */
export function TemplatePage({
  kind,
  values,
  errors,
  ...of
}: Of & { kind: DocumentKind; values: Values; errors?: FieldError[] | undefined }) {
  const { ctx, occasion } = of;
  const { t } = ctx;
  const path = `${officePath(occasion)}/templates/${kind}`;
  const field = { ctx, languages: occasion.languages, errors, required: true };
  return (
    <DocumentsFrame {...of} title={`${t('documents.text')}: ${t(`documents.kind.${kind}`)}`} errors={errors}>
      <p>{t('documents.text.says')}</p>
      <ul>
        {FIELDS[kind].map((name) => (
          <li key={name}>
            <code>{`{${name}}`}</code> {fieldWords(ctx, name)}
          </li>
        ))}
      </ul>
      <PostForm action={path}>
        <TextMapField {...field} name="title" label={t('documents.text.title')} value={map(values, 'title')} maxlength={120} />
        <TextMapField
          {...field}
          name="body"
          label={t('documents.text.body')}
          value={map(values, 'body')}
          maxlength={3000}
          rows={6}
        />
        <TextMapField
          {...field}
          name="signed"
          label={t('documents.text.signed')}
          hint={t('documents.text.signedHint')}
          value={map(values, 'signed')}
          maxlength={200}
        />
        <ButtonRow>
          <Button>{t('documents.text.save')}</Button>
          <ButtonLink kind="quiet" href={officePath(occasion)}>
            {t('documents.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
      <h2>{t('documents.preview')}</h2>
      <p>{t('documents.preview.says')}</p>
      <ButtonRow>
        {occasion.languages.map((tag) => (
          <ButtonLink key={tag} kind="secondary" href={`${path}/preview?language=${tag}`}>
            {`PDF · ${languageName(tag, ctx.language)}`}
          </ButtonLink>
        ))}
      </ButtonRow>
    </DocumentsFrame>
  );
}
