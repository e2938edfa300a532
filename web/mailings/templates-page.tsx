import type { Template } from '../../server/mailings/templates.ts';
import { Layout } from '../layout.tsx';
import { formatList, languageName } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { templateName } from './new-mailing-page.tsx';
import { crumbs, HOME } from './words.ts';

/** The library of texts to begin with. */
export function TemplatesPage({ ctx, templates }: { ctx: PageContext; templates: (Template & { removable: boolean })[] }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('mailings.list.templates')} lead={t('mailings.templates.lead')} breadcrumbs={crumbs(ctx)}>
      <Table
        ctx={ctx}
        caption={t('mailings.list.templates')}
        captionUnseen
        rows={templates}
        rowKey={(row) => row.id}
        columns={[
          { key: 'name', words: t('mailings.list.name'), cell: (row) => templateName(ctx, row) },
          { key: 'kind', words: t('mailings.list.kind'), cell: (row) => t(`mailings.kind.${row.kind}`) },
          {
            key: 'languages',
            words: t('mailings.templates.languages'),
            cell: (row) =>
              formatList(
                row.languages.map((tag) => languageName(tag, ctx.language)),
                ctx.language,
              ),
          },
          {
            key: 'use',
            words: t('mailings.templates.use'),
            cell: (row) => (
              <ButtonRow>
                <ButtonLink
                  small
                  kind="secondary"
                  href={`${HOME}/new?template=${row.id}&kind=${row.kind}`}
                  label={`${t('mailings.templates.use')}: ${templateName(ctx, row)}`}
                >
                  {t('mailings.templates.use')}
                </ButtonLink>
                {row.removable && (
                  <PostForm inline action={`${HOME}/templates/${row.id}/removal`}>
                    <Button small kind="quiet" label={`${t('mailings.templates.remove')}: ${templateName(ctx, row)}`}>
                      {t('mailings.templates.remove')}
                    </Button>
                  </PostForm>
                )}
              </ButtonRow>
            ),
          },
        ]}
      />
    </Layout>
  );
}
