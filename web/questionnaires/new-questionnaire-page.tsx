import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { Checkbox, RadioList } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';

export interface EventChoice {
  slug: string;
  title: Record<string, string>;
  defaultLanguage: string;
}

export interface NewQuestionnairePageProps {
  ctx: PageContext;
  events: EventChoice[];
  /** In which `closes` is meant. */
  zone: string;
  values: Record<string, string>;
  errors?: FieldError[];
}

/** A questionnaire begins with its event and its promise; its questions come after. */
export function NewQuestionnairePage({ ctx, events, zone, values, errors = [] }: NewQuestionnairePageProps) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      width="text"
      title={t('questionnaires.list.new')}
      lead={t('questionnaires.new.lead')}
      errors={errors}
      breadcrumbs={[{ href: '/back-office/questionnaires', words: t('questionnaires.list.title') }]}
    >
      <PostForm action="/back-office/questionnaires" hidden={{ zone }}>
        <Select
          ctx={ctx}
          name="event"
          label={t('questionnaires.new.event')}
          required
          empty={t('questionnaires.new.noEvent')}
          value={values.event}
          options={events.map(({ slug, title, defaultLanguage }) => ({
            value: slug,
            words: textIn(title, [ctx.language], defaultLanguage),
          }))}
          errors={errors}
        />
        <RadioList
          ctx={ctx}
          name="privacy"
          label={t('questionnaires.new.privacy')}
          hint={t('questionnaires.new.privacyHint')}
          required
          value={values.privacy ?? 'anonymous'}
          options={(['anonymous', 'confidential', 'named'] as const).map((privacy) => ({
            value: privacy,
            words: t(`questionnaires.privacy.${privacy}`),
            hint: t(`questionnaires.promise.${privacy}`, { least: 5 }),
          }))}
          errors={errors}
        />
        <DateTimeInput
          ctx={ctx}
          name="closes"
          zone={zone}
          label={t('questionnaires.new.closes')}
          hint={t('questionnaires.new.closesHint')}
          value={values.closes}
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="minimumGroup"
          label={t('questionnaires.new.group')}
          type="number"
          size="short"
          required
          value={values.minimumGroup ?? '5'}
          errors={errors}
        />
        <Checkbox
          ctx={ctx}
          name="automatic"
          label={t('questionnaires.new.automatic')}
          checked={values.automatic !== ''}
          errors={errors}
        />
        <ButtonRow>
          <Button>{t('questionnaires.new.go')}</Button>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
