import { Layout } from '../layout.tsx';
import { LANGUAGES } from '../locales/languages.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { languageIn, networkName, typed } from './words.ts';

export interface EditNetworkPageProps {
  ctx: PageContext;
  network?: { slug: string; name: Record<string, string> };
  values: { name: Record<string, string>; coordinating: string };
  errors?: FieldError[];
}

/** A network's name in each language and the organisation that coordinates it. */
export function EditNetworkPage({ ctx, network, values, errors = [] }: EditNetworkPageProps) {
  const { t } = ctx;
  const languages = [...new Set([...LANGUAGES, ...Object.keys(values.name)])];
  return (
    <Layout
      ctx={ctx}
      title={network ? t('organisations.edit.title', { name: networkName(ctx, network.name) }) : t('organisations.networks.new')}
      width="text"
      errors={errors}
      breadcrumbs={[{ words: t('organisations.networks.title'), href: '/networks' }]}
    >
      <PostForm action={network ? `/networks/${network.slug}` : '/networks/new'}>
        <div id="f-name">
          {languages.map((language) => (
            <TextInput
              key={language}
              ctx={ctx}
              errors={errors}
              name={`name[${language}]`}
              label={t('organisations.networks.nameIn', { language: languageIn(ctx.language, language) })}
              value={typed(values.name, language)}
              lang={language}
              maxlength={200}
            />
          ))}
        </div>
        <TextInput
          ctx={ctx}
          errors={errors}
          name="coordinating"
          label={t('organisations.networks.coordinating')}
          hint={t('organisations.networks.coordinatingHint')}
          value={values.coordinating}
          size="medium"
          spellcheck={false}
        />
        <ButtonRow>
          <Button>{t('organisations.edit.save')}</Button>
          <ButtonLink href="/networks" kind="quiet">
            {t('organisations.edit.cancel')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
