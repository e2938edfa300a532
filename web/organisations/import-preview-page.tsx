import type { Import } from '../../server/organisations/import-store.ts';
import { Layout } from '../layout.tsx';
import { translateCode } from '../locales/translate.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { importWords } from './import-page.tsx';
import { countryIn, said } from './words.ts';

const SHOWN = 100;

type Counts = { created: number; updated: number; unchanged: number };
interface ShownRow {
  line: number;
  name: string;
  /** Of an organisation. */
  country?: string;
  /** Of a person: the organisation. */
  about?: string;
  state: 'created' | 'updated' | 'unchanged' | 'wrong';
  errors: { field: string; code: string; params?: Record<string, string | number> }[];
  changes: { field: string; before: string; after: string }[];
}
interface ShownPlan {
  rows: ShownRow[];
  counts: Counts & { wrong: number };
  newNetworks?: string[];
  fingerprint: string;
}
export type ShownImport = Import<ShownPlan, Counts & { networks?: number }>;
type Of = 'organisations' | 'people';

/** What an import would do, row by row; once applied, what it did. */
export function ImportPreviewPage({
  ctx,
  of,
  preview,
  errors = [],
}: {
  ctx: PageContext;
  of: Of;
  preview: ShownImport;
  errors?: FieldError[];
}) {
  const { t } = ctx;
  const words = importWords(of);
  const { plan, result } = preview;
  const crumbs = [{ words: t(of === 'people' ? 'organisations.people.title' : 'organisations.list.title'), href: `/${of}` }];
  if (!plan) {
    return (
      <Layout ctx={ctx} title={t('organisations.import.done')} width="text" breadcrumbs={crumbs}>
        {result && (
          <ul>
            <li>{t(`organisations.${words}.created`, { n: result.created })}</li>
            <li>{t(`organisations.${words}.updated`, { n: result.updated })}</li>
            <li>{t(`organisations.${words}.unchanged`, { n: result.unchanged })}</li>
            {result.networks !== undefined && <li>{t('organisations.import.networks', { n: result.networks })}</li>}
          </ul>
        )}
        <ButtonLink href={`/${of}`}>{t(`organisations.${words}.toList`)}</ButtonLink>
      </Layout>
    );
  }
  const rowsOf = (state: ShownRow['state']) => plan.rows.filter((row) => row.state === state);
  const { counts, newNetworks = [] } = plan;
  return (
    <Layout ctx={ctx} title={t('organisations.import.preview', { file: preview.fileName })} errors={errors} breadcrumbs={crumbs}>
      {preview.ignored.length > 0 && <p>{t('organisations.import.ignored', { names: preview.ignored.join(', ') })}</p>}
      {counts.wrong > 0 && (
        <section aria-labelledby="wrong">
          <h2 id="wrong">{t('organisations.import.wrong', { n: counts.wrong })}</h2>
          <Notice kind="error">{t('organisations.import.wrongLead')}</Notice>
          <WrongRows of={of} ctx={ctx} rows={rowsOf('wrong')} />
        </section>
      )}
      {newNetworks.length > 0 && (
        <section aria-labelledby="networks">
          <h2 id="networks">{t('organisations.import.networks', { n: newNetworks.length })}</h2>
          <ul>
            {newNetworks.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </section>
      )}
      {(['created', 'updated', 'unchanged'] as const).map(
        (state) =>
          counts[state] > 0 && (
            <section key={state} aria-labelledby={state}>
              <h2 id={state}>{t(`organisations.${words}.${state}`, { n: counts[state] })}</h2>
              {state !== 'unchanged' && <Rows of={of} ctx={ctx} rows={rowsOf(state)} />}
            </section>
          ),
      )}
      <PostForm action={`/${of}/imports/${preview.id}/application`} hidden={{ fingerprint: plan.fingerprint }}>
        <ButtonRow>
          {counts.wrong === 0 && <Button>{t('organisations.import.apply')}</Button>}
          <ButtonLink href={`/${of}/imports/new`} kind="secondary">
            {t('organisations.import.again')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}

function WrongRows({ ctx, of, rows }: { ctx: PageContext; of: Of; rows: ShownRow[] }) {
  const { t } = ctx;
  return (
    <>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={t('organisations.import.problem')}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t('organisations.import.line')}</th>
              <th scope="col">{t(of === 'people' ? 'organisations.person.name' : 'organisations.field.name')}</th>
              <th scope="col">{t('organisations.import.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN * 2).map((row) => (
              <tr key={row.line}>
                <td>{row.line}</td>
                <th scope="row">{row.name || '–'}</th>
                <td>
                  {row.errors.map((error) => (
                    <p key={error.field + error.code}>
                      {said(ctx, fieldsOf(of), error.field)}:{' '}
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

const fieldsOf = (of: Of) => (of === 'people' ? 'organisations.person' : 'organisations.field');

function Rows({ ctx, of, rows }: { ctx: PageContext; of: Of; rows: ShownRow[] }) {
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
              <th scope="col">{t(of === 'people' ? 'organisations.person.name' : 'organisations.field.name')}</th>
              <th scope="col">{t(of === 'people' ? 'organisations.person.organisation' : 'organisations.field.country')}</th>
              {changing && <th scope="col">{t('organisations.import.changes')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map((row) => (
              <tr key={row.line}>
                <td>{row.line}</td>
                <th scope="row">{row.name}</th>
                <td>{row.country === undefined ? row.about || '–' : countryIn(ctx.language, row.country)}</td>
                {changing && (
                  <td>
                    {row.changes.map((change) => (
                      <p key={change.field}>
                        {t('organisations.import.change', {
                          field: said(ctx, fieldsOf(of), change.field),
                          before: worded(ctx, change.field, change.before) || t('organisations.import.nothing'),
                          after: worded(ctx, change.field, change.after),
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

// Whether somebody is the contact is a yes or a no, in the reader's words.
const worded = (ctx: PageContext, field: string, value: string) =>
  field === 'isContact' ? ctx.t(value === 'true' ? 'organisations.people.yes' : 'organisations.peopleImport.no') : value;

function More({ ctx, n }: { ctx: PageContext; n: number }) {
  return n > 0 ? <p>{ctx.t('organisations.import.more', { n })}</p> : null;
}
