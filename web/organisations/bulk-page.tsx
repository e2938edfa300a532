import type { BulkWrite } from '../../server/organisations/input.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { countryIn } from './words.ts';

export interface BulkPageProps {
  ctx: PageContext;
  input: BulkWrite;
  changing: { id: string; name: string; country: string }[];
  already: number;
}

/** What a change of many would do, before it is done. */
export function BulkPage({ ctx, input, changing, already }: BulkPageProps) {
  const { t } = ctx;
  const n = changing.length;
  const consequence =
    input.action === 'fee'
      ? t('organisations.bulk.feeLead', { year: String(input.year), n })
      : t('organisations.bulk.membershipLead', { membership: t(`organisations.membership.${input.membership}`), n });
  return (
    <Layout
      ctx={ctx}
      title={t('organisations.bulk.title')}
      lead={consequence}
      width="text"
      breadcrumbs={[{ words: t('organisations.list.title'), href: '/organisations' }]}
    >
      {already > 0 && <p>{t('organisations.bulk.already', { n: already })}</p>}
      <ul>
        {changing.map((row) => (
          <li key={row.id}>
            {row.name}, {countryIn(ctx.language, row.country)}
          </li>
        ))}
      </ul>
      <PostForm
        action="/organisations/bulk"
        hidden={{
          action: input.action,
          year: input.action === 'fee' ? input.year : undefined,
          membership: input.action === 'membership' ? input.membership : undefined,
          confirmed: 'on',
        }}
      >
        {input.organisationIds.map((id) => (
          <input key={id} type="hidden" name="organisationIds" value={id} />
        ))}
        <ButtonRow>
          <Button>{t('organisations.bulk.confirm', { n })}</Button>
          <ButtonLink href="/organisations" kind="quiet">
            {t('organisations.edit.cancel')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
