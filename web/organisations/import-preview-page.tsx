import type { PlannedRow } from '../../server/organisations/import-plan.ts';
import type { Import } from '../../server/organisations/imports.ts';
import { Layout } from '../layout.tsx';
import { translateCode } from '../locales/translate.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { countryIn, said } from './words.ts';

const SHOWN = 100;

/** What an import would do, row by row; once applied, what it did. */
export function ImportPreviewPage({ ctx, preview, errors = [] }: { ctx: PageContext; preview: Import; errors?: FieldError[] }) {
  const { t } = ctx;
  const { plan, result } = preview;
  const crumbs = [{ words: t('organisations.list.title'), href: '/organisations' }];
  if (!plan) {
    return (
      <Layout ctx={ctx} title={t('organisations.import.done')} width="text" breadcrumbs={crumbs}>
        {result && (
          <ul>
            <li>{t('organisations.import.created', { n: result.created })}</li>
            <li>{t('organisations.import.updated', { n: result.updated })}</li>
            <li>{t('organisations.import.unchanged', { n: result.unchanged })}</li>
            <li>{t('organisations.import.networks', { n: result.networks })}</li>
          </ul>
        )}
        <ButtonLink href="/organisations">{t('organisations.import.toList')}</ButtonLink>
      </Layout>
    );
  }
  const of = (state: PlannedRow['state']) => plan.rows.filter((row) => row.state === state);
  const { counts } = plan;
  return (
    <Layout ctx={ctx} title={t('organisations.import.preview', { file: preview.fileName })} errors={errors} breadcrumbs={crumbs}>
      {preview.ignored.length > 0 && <p>{t('organisations.import.ignored', { names: preview.ignored.join(', ') })}</p>}
      {counts.wrong > 0 && (
        <section aria-labelledby="wrong">
          <h2 id="wrong">{t('organisations.import.wrong', { n: counts.wrong })}</h2>
          <Notice kind="error">{t('organisations.import.wrongLead')}</Notice>
          <WrongRows ctx={ctx} rows={of('wrong')} />
        </section>
      )}
      {plan.newNetworks.length > 0 && (
        <section aria-labelledby="networks">
          <h2 id="networks">{t('organisations.import.networks', { n: plan.newNetworks.length })}</h2>
          <ul>
            {plan.newNetworks.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </section>
      )}
      {(['created', 'updated', 'unchanged'] as const).map(
        (state) =>
          counts[state] > 0 && (
            <section key={state} aria-labelledby={state}>
              <h2 id={state}>{t(`organisations.import.${state}`, { n: counts[state] })}</h2>
              {state !== 'unchanged' && <Rows ctx={ctx} rows={of(state)} />}
            </section>
          ),
      )}
      <PostForm action={`/organisations/imports/${preview.id}/application`} hidden={{ fingerprint: plan.fingerprint }}>
        <ButtonRow>
          {counts.wrong === 0 && <Button>{t('organisations.import.apply')}</Button>}
          <ButtonLink href="/organisations/imports/new" kind="secondary">
            {t('organisations.import.again')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}

function WrongRows({ ctx, rows }: { ctx: PageContext; rows: PlannedRow[] }) {
  const { t } = ctx;
  return (
    <>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={t('organisations.import.problem')}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t('organisations.import.line')}</th>
              <th scope="col">{t('organisations.field.name')}</th>
              <th scope="col">{t('organisations.import.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN * 2).map((row) => (
              <tr key={row.line}>
                <th scope="row">{row.line}</th>
                <td>{row.name || '–'}</td>
                <td>
                  {row.errors.map((error) => (
                    <p key={error.field + error.code}>
                      {said(ctx, 'organisations.field', error.field)}:{' '}
                      {translateCode(ctx.language, `invalid.${error.code}`, error.params) ?? error.code}
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <More ctx={ctx} n={rows.length - SHOWN * 2} />
    </>
  );
}

function Rows({ ctx, rows }: { ctx: PageContext; rows: PlannedRow[] }) {
  const { t } = ctx;
  const changing = rows.some((row) => row.changes.length > 0);
  return (
    <>
      <div
        class="table-scroll"
        tabIndex={0}
        role="region"
        aria-label={`${t('organisations.import.line')} ${rows[0]?.line ?? ''}–${rows.at(-1)?.line ?? ''}`}
      >
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t('organisations.import.line')}</th>
              <th scope="col">{t('organisations.field.name')}</th>
              <th scope="col">{t('organisations.field.country')}</th>
              {changing && <th scope="col">{t('organisations.import.changes')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map((row) => (
              <tr key={row.line}>
                <td>{row.line}</td>
                <th scope="row">{row.name}</th>
                <td>{countryIn(ctx.language, row.country)}</td>
                {changing && (
                  <td>
                    {row.changes.map((change) => (
                      <p key={change.field}>
                        {t('organisations.import.change', {
                          field: said(ctx, 'organisations.field', change.field),
                          before: change.before || t('organisations.import.nothing'),
                          after: change.after,
                        })}
                      </p>
                    ))}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <More ctx={ctx} n={rows.length - SHOWN} />
    </>
  );
}

function More({ ctx, n }: { ctx: PageContext; n: number }) {
  return n > 0 ? <p>{ctx.t('organisations.import.more', { n })}</p> : null;
}
