import { KINDS } from '../../server/mailings/rules.ts';
import type { Template } from '../../server/mailings/templates.ts';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { RadioList } from '../ui/choice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { crumbs, HOME } from './words.ts';

interface Titled {
  title: Record<string, string>;
  defaultLanguage: string;
}

export interface NewMailingPageProps {
  ctx: PageContext;
  events: (Titled & { slug: string })[];
  questionnaires: (Titled & { id: string })[];
  templates: Template[];
  values: Record<string, string>;
  errors?: FieldError[];
}

/** What a template is called: those that come with the software in the reader's words. */
export const templateName = ({ t }: PageContext, { id, name, builtIn }: Template) =>
  builtIn ? t(`mailings.template.${id}` as 'mailings.template.invitation') : name;

/** A mailing begins with its kind and what it is about; text and audience come after. */
export function NewMailingPage({ ctx, events, questionnaires, templates, values, errors = [] }: NewMailingPageProps) {
  const { t } = ctx;
  const title = (one: Titled) => textIn(one.title, [ctx.language], one.defaultLanguage);
  return (
    <Layout ctx={ctx} width="text" title={t('mailings.list.new')} errors={errors} breadcrumbs={crumbs(ctx)}>
      <PostForm action={HOME}>
        <RadioList
          ctx={ctx}
          name="kind"
          label={t('mailings.list.kind')}
          required
          value={values.kind ?? 'announcement'}
          options={KINDS.map((kind) => ({
            value: kind,
            words: t(`mailings.kind.${kind}`),
            hint: t(`mailings.kindHint.${kind}`),
          }))}
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="name"
          label={t('mailings.new.name')}
          hint={t('mailings.new.nameHint')}
          required
          maxlength={200}
          value={values.name}
          errors={errors}
        />
        <Select
          ctx={ctx}
          name="event"
          label={t('mailings.new.event')}
          empty={t('mailings.new.noEvent')}
          value={values.event}
          options={events.map((event) => ({ value: event.slug, words: title(event) }))}
          errors={errors}
        />
        {questionnaires.length > 0 && (
          <Select
            ctx={ctx}
            name="questionnaireId"
            label={t('mailings.new.questionnaire')}
            empty={t('mailings.new.noQuestionnaire')}
            value={values.questionnaireId}
            options={questionnaires.map((one) => ({ value: one.id, words: title(one) }))}
            errors={errors}
          />
        )}
        <Select
          ctx={ctx}
          name="template"
          label={t('mailings.new.template')}
          empty={t('mailings.new.noTemplate')}
          value={values.template}
          options={templates.map((template) => ({ value: template.id, words: templateName(ctx, template) }))}
          errors={errors}
        />
        <ButtonRow>
          <Button>{t('mailings.new.go')}</Button>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
