import type { Questionnaire } from '../../server/questionnaires/queries.ts';
import { Layout } from '../layout.tsx';
import { LANGUAGES } from '../locales/languages.ts';
import { type TextMap, textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, RadioList } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';

export interface QuestionnaireSettingsPageProps {
  ctx: PageContext;
  questionnaire: Questionnaire;
  values: { title: TextMap; privacy: string; closes: string; minimumGroup: string; automatic: boolean };
  errors?: FieldError[];
}

/** What of a questionnaire can be changed: before its opening all of it, then what was not promised. */
export function QuestionnaireSettingsPage({ ctx, questionnaire: one, values, errors = [] }: QuestionnaireSettingsPageProps) {
  const { t } = ctx;
  const home = `/back-office/questionnaires/${one.id}`;
  const own = one.event?.defaultLanguage;
  const languages = [...new Set([...(own ? [own] : []), ...Object.keys(one.title), ...LANGUAGES])];
  const draft = one.openedAt === null;
  return (
    <Layout
      ctx={ctx}
      width="text"
      title={t('questionnaires.page.change')}
      errors={errors}
      breadcrumbs={[
        { href: '/back-office/questionnaires', words: t('questionnaires.list.title') },
        { href: home, words: textIn(one.title, [ctx.language], own) },
      ]}
    >
      <PostForm action={`${home}/settings`} hidden={draft && one.kind === 'evaluation' ? { mentionsAutomatic: 'on' } : {}}>
        <TextMapField
          ctx={ctx}
          name="title"
          label={t('questionnaires.list.name')}
          required
          languages={languages}
          value={values.title}
          maxlength={300}
          errors={errors}
        />
        {draft && one.kind === 'evaluation' && (
          <RadioList
            ctx={ctx}
            name="privacy"
            label={t('questionnaires.new.privacy')}
            hint={t('questionnaires.new.privacyHint')}
            required
            value={values.privacy}
            options={(['anonymous', 'confidential', 'named'] as const).map((privacy) => ({
              value: privacy,
              words: t(`questionnaires.privacy.${privacy}`),
              hint: t(`questionnaires.promise.${privacy}`, { least: one.minimumGroup }),
            }))}
            errors={errors}
          />
        )}
        <DateTimeInput
          ctx={ctx}
          name="closes"
          zone={one.zone}
          label={t('questionnaires.new.closes')}
          hint={draft ? t('questionnaires.new.closesHint') : undefined}
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
          value={values.minimumGroup}
          errors={errors}
        />
        {draft && one.kind === 'evaluation' && (
          <Checkbox
            ctx={ctx}
            name="automatic"
            label={t('questionnaires.new.automatic')}
            checked={values.automatic}
            errors={errors}
          />
        )}
        <Button>{t('questionnaires.texts.save')}</Button>
      </PostForm>
    </Layout>
  );
}
