import { Layout } from '../layout.tsx';
import { LANGUAGES } from '../locales/languages.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { languageIn, ticked, typed } from './words.ts';

export interface AddPersonPageProps {
  ctx: PageContext;
  /** Absent for a person of no organisation. */
  organisation?: { slug: string; name: string };
  values: Record<string, unknown>;
  errors?: FieldError[];
}

/** A new person, or one who is known by their address, on a roster. */
export function AddPersonPage({ ctx, organisation, values, errors = [] }: AddPersonPageProps) {
  const { t } = ctx;
  const back = organisation ? `/organisations/${organisation.slug}` : '/people';
  return (
    <Layout
      ctx={ctx}
      title={
        organisation ? t('organisations.person.addTitle', { organisation: organisation.name }) : t('organisations.people.new')
      }
      width="text"
      errors={errors}
      breadcrumbs={
        organisation
          ? [
              { words: t('organisations.list.title'), href: '/organisations' },
              { words: organisation.name, href: back },
            ]
          : [{ words: t('organisations.people.title'), href: back }]
      }
    >
      <PostForm action={organisation ? `${back}/people` : '/people'}>
        <PersonFields ctx={ctx} values={values} errors={errors} />
        {organisation && <AffiliationFields ctx={ctx} values={values} errors={errors} />}
        <ButtonRow>
          <Button>{organisation ? t('organisations.person.add') : t('organisations.edit.save')}</Button>
          <ButtonLink href={back} kind="quiet">
            {t('organisations.edit.cancel')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}

interface Fields {
  ctx: PageContext;
  values: Record<string, unknown>;
  errors: FieldError[];
}

/** What a person is called, where mail reaches them, and in which language. */
export function PersonFields({ ctx, values, errors }: Fields) {
  const { t } = ctx;
  const text = (name: string) => ({ ctx, errors, name, value: typed(values, name) });
  return (
    <>
      <TextInput
        {...text('name')}
        label={t('organisations.person.name')}
        hint={t('organisations.person.nameHint')}
        required
        maxlength={200}
      />
      <TextInput
        {...text('email')}
        label={t('organisations.person.email')}
        hint={t('organisations.person.emailHint')}
        type="email"
        spellcheck={false}
      />
      <Checkbox
        ctx={ctx}
        errors={errors}
        name="sharedEmail"
        label={t('organisations.person.sharedEmail')}
        hint={t('organisations.person.sharedEmailHint')}
        checked={ticked(values, 'sharedEmail')}
      />
      <Select
        {...text('language')}
        label={t('organisations.person.language')}
        empty
        size="medium"
        options={LANGUAGES.map((value) => ({ value, words: languageIn(ctx.language, value) }))}
      />
      <TextInput
        {...text('zone')}
        label={t('organisations.person.zone')}
        hint={t('organisations.field.zoneHint')}
        size="medium"
        spellcheck={false}
      />
    </>
  );
}

/** What they do in the organisation. */
export function AffiliationFields({ ctx, values, errors }: Fields) {
  const { t } = ctx;
  return (
    <>
      <TextInput
        ctx={ctx}
        errors={errors}
        name="title"
        value={typed(values, 'title')}
        label={t('organisations.person.title')}
        hint={t('organisations.person.titleHint')}
        maxlength={200}
      />
      <Checkbox
        ctx={ctx}
        errors={errors}
        name="isContact"
        label={t('organisations.person.isContact')}
        hint={t('organisations.person.isContactHint')}
        checked={ticked(values, 'isContact')}
      />
    </>
  );
}
