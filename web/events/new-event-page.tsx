import { KINDS } from '../../server/events/input.ts';
import { Layout } from '../layout.tsx';
import { languageName } from '../locales/format.ts';
import { LANGUAGES } from '../locales/languages.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { CheckboxList } from '../ui/choice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { several, text, type Values } from './form-values.ts';
import { officeCrumbs } from './office-frame.tsx';
import { WhenFields } from './when-fields.tsx';

export interface NewEventPageProps {
  ctx: PageContext;
  values: Values;
  networks: { id: string; name: Record<string, string> }[];
  anyNetwork: boolean;
  errors?: FieldError[];
}

/** The least that makes an event: what, in which languages, when. Everything else has a page of its own. */
export function NewEventPage({ ctx, values, networks, anyNetwork, errors = [] }: NewEventPageProps) {
  const { t } = ctx;
  const field = (name: string) => ({ ctx, errors, name, value: text(values, name) });
  return (
    <Layout
      ctx={ctx}
      title={t('events.new.title')}
      lead={t('events.new.lead')}
      width="text"
      errors={errors}
      breadcrumbs={officeCrumbs(ctx)}
    >
      <PostForm action="/back-office/events/new">
        <Select
          {...field('kind')}
          label={t('events.field.kind')}
          required
          empty
          size="medium"
          options={KINDS.map((kind) => ({ value: kind, words: t(`events.kind.${kind}`) }))}
        />
        <Select
          {...field('networkId')}
          label={t('events.field.network')}
          required={!anyNetwork}
          size="medium"
          empty={anyNetwork ? t('events.field.noNetwork') : true}
          options={networks.map(({ id, name }) => ({ value: id, words: textIn(name, [ctx.language, 'en']) }))}
        />
        <TextInput {...field('title')} label={t('events.new.name')} hint={t('events.new.nameHint')} required maxlength={200} />
        <TextInput
          {...field('language')}
          label={t('events.new.language')}
          hint={t('events.languages.hint')}
          required
          size="short"
          spellcheck={false}
          maxlength={35}
        />
        <CheckboxList
          ctx={ctx}
          errors={errors}
          name="languages"
          label={t('events.new.languages')}
          values={several(values, 'languages')}
          options={[...LANGUAGES, 'ca'].map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }))}
        />
        <TextInput
          {...field('otherLanguages')}
          label={t('events.new.otherLanguages')}
          hint={t('events.languages.hint')}
          size="medium"
          spellcheck={false}
        />
        <WhenFields ctx={ctx} values={values} errors={errors} />
        <ButtonRow>
          <Button>{t('events.new.create')}</Button>
          <ButtonLink kind="quiet" href="/back-office/events">
            {t('events.office.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
