import type { RosterRow } from '../../server/organisations/people.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { AffiliationFields } from './add-person-page.tsx';

export interface AffiliationPageProps {
  ctx: PageContext;
  organisation: { slug: string; name: string };
  person: RosterRow;
  values: Record<string, unknown>;
  errors?: FieldError[];
}

/** What one person does in one organisation, and their leaving it. */
export function AffiliationPage({ ctx, organisation, person, values, errors = [] }: AffiliationPageProps) {
  const { t } = ctx;
  const back = `/organisations/${organisation.slug}`;
  const path = `${back}/people/${person.affiliationId}`;
  return (
    <Layout
      ctx={ctx}
      title={person.name}
      width="text"
      errors={errors}
      breadcrumbs={[
        { words: t('organisations.list.title'), href: '/organisations' },
        { words: organisation.name, href: back },
      ]}
    >
      <PostForm action={path}>
        <AffiliationFields ctx={ctx} values={values} errors={errors} />
        <ButtonRow>
          <Button>{t('organisations.edit.save')}</Button>
          <ButtonLink href={back} kind="quiet">
            {t('organisations.edit.cancel')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
      <section aria-labelledby="end">
        <h2 id="end">{t('organisations.person.endOf', { name: person.name, organisation: organisation.name })}</h2>
        <p>{t('organisations.person.endLead')}</p>
        <PostForm action={`${path}/end`}>
          <Button kind="danger">{t('organisations.person.endConfirm')}</Button>
        </PostForm>
      </section>
    </Layout>
  );
}
