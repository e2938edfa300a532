import type { DocumentKind } from '../../db/tables/documents.ts';
import type { DocumentJob } from '../../server/documents/queries.ts';
import { LAYOUT_NAMES } from '../../server/documents/rules.ts';
import { languageName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { Happened } from '../ui/when.tsx';
import { DocumentsFrame, type Of, officePath } from './frame.tsx';

export interface KindCount {
  kind: DocumentKind;
  entitled: number;
  issued: number;
}

export interface OfficeDocumentsPageProps extends Of {
  kinds: KindCount[];
  jobs: DocumentJob[];
  badges: number;
  visasAsked: number;
  errors?: FieldError[] | undefined;
}

/** Everything on paper: badges, lists, certificates and letters, and what is being made. */
export function OfficeDocumentsPage(props: OfficeDocumentsPageProps) {
  const { ctx, occasion, errors, event, jobs } = props;
  const { t } = ctx;
  const path = officePath(occasion);
  return (
    <DocumentsFrame {...props} lead={t('documents.office.lead')} errors={errors}>
      {event && <Badges {...props} />}
      {event && (
        <section aria-labelledby="lists">
          <h2 id="lists">{t('documents.lists')}</h2>
          <ButtonRow>
            <ButtonLink kind="secondary" href={`${path}/host-list`}>
              {t('documents.hostList')}
            </ButtonLink>
            <ButtonLink kind="secondary" href={`${path}/presences`}>
              {t('documents.presences')}
            </ButtonLink>
            <ButtonLink kind="secondary" href={`${path}/visas`}>
              {t('documents.visas.link', { n: props.visasAsked })}
            </ButtonLink>
          </ButtonRow>
          <h3>{t('documents.programme')}</h3>
          <ButtonRow>
            {event.languages.map((tag) => (
              <ButtonLink key={tag} kind="quiet" href={`${path}/programme?language=${tag}`} download>
                {`PDF · ${languageName(tag, ctx.language)}`}
              </ButtonLink>
            ))}
          </ButtonRow>
        </section>
      )}
      <Kinds {...props} />
      <section>
        <h2>{t('documents.jobs')}</h2>
        {jobs.length === 0 ? <p>{t('documents.jobs.none')}</p> : <Jobs ctx={ctx} path={path} jobs={jobs} />}
      </section>
    </DocumentsFrame>
  );
}

function Badges({ ctx, occasion, badges, errors }: OfficeDocumentsPageProps) {
  const { t } = ctx;
  return (
    <section aria-labelledby="badges">
      <h2 id="badges">{t('documents.kind.badges')}</h2>
      <p>{t('documents.badges.says', { n: badges })}</p>
      <PostForm action={`${officePath(occasion)}/jobs`} hidden={{ kind: 'badges' }}>
        <Select
          ctx={ctx}
          name="layout"
          label={t('documents.layout')}
          value="a4-8"
          required
          options={LAYOUT_NAMES.map((name) => ({ value: name, words: t(`documents.layout.${name}`) }))}
          errors={errors}
        />
        <Languages ctx={ctx} languages={occasion.languages} value={occasion.defaultLanguage} errors={errors} />
        <ButtonRow>
          <Button>{t('documents.badges.make')}</Button>
        </ButtonRow>
      </PostForm>
    </section>
  );
}

/** In which language; `own` is each reader's. */
export function Languages({
  ctx,
  languages,
  value,
  own,
  errors,
}: {
  ctx: PageContext;
  languages: readonly string[];
  value?: string;
  own?: boolean;
  errors?: FieldError[] | undefined;
}) {
  return (
    <Select
      ctx={ctx}
      name="language"
      label={ctx.t('documents.language')}
      value={value ?? ''}
      required
      empty={own ? ctx.t('documents.language.own') : undefined}
      options={languages.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }))}
      errors={errors}
    />
  );
}

function Kinds({ ctx, occasion, kinds }: OfficeDocumentsPageProps) {
  const { t } = ctx;
  const path = officePath(occasion);
  return (
    <section>
      <h2>{t('documents.kinds')}</h2>
      <Table
        ctx={ctx}
        caption={t('documents.kinds')}
        captionUnseen
        rows={kinds}
        rowKey={({ kind }) => kind}
        columns={[
          { key: 'kind', words: t('documents.kind'), cell: ({ kind }) => t(`documents.kind.${kind}`) },
          { key: 'entitled', words: t('documents.entitled'), number: true, cell: ({ entitled }) => entitled },
          { key: 'issued', words: t('documents.issued'), number: true, cell: ({ issued }) => issued },
          {
            key: 'do',
            words: t('documents.do'),
            cell: ({ kind }) => (
              <ButtonRow>
                <ButtonLink
                  kind="quiet"
                  small
                  href={`${path}/templates/${kind}`}
                  label={`${t('documents.text')}: ${t(`documents.kind.${kind}`)}`}
                >
                  {t('documents.text')}
                </ButtonLink>
                <ButtonLink
                  kind="quiet"
                  small
                  href={`${path}/issuing/${kind}`}
                  label={`${t('documents.issue')}: ${t(`documents.kind.${kind}`)}`}
                >
                  {t('documents.issue')}
                </ButtonLink>
              </ButtonRow>
            ),
          },
        ]}
      />
      <ButtonRow>
        <ButtonLink kind="secondary" href={`${path}/issued`}>
          {t('documents.issuedList')}
        </ButtonLink>
      </ButtonRow>
    </section>
  );
}

function Jobs({ ctx, path, jobs }: { ctx: PageContext; path: string; jobs: DocumentJob[] }) {
  const { t } = ctx;
  return (
    <Table
      ctx={ctx}
      caption={t('documents.jobs')}
      captionUnseen
      rows={jobs}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'kind',
          words: t('documents.kind'),
          cell: (job) => <a href={`${path}/jobs/${job.id}`}>{t(`documents.kind.${job.kind}`)}</a>,
        },
        { key: 'when', words: t('documents.ordered'), cell: (job) => <Happened ctx={ctx} at={job.orderedAt} /> },
        { key: 'done', words: t('documents.done'), cell: (job) => `${job.done} / ${job.total}` },
        { key: 'state', words: t('documents.state'), cell: (job) => jobState(ctx, job) },
      ]}
    />
  );
}

export function jobState({ t, now }: PageContext, job: DocumentJob): string {
  if (job.failed) return t('documents.job.failed');
  if (!job.endedAt) return t('documents.job.running');
  if (job.fileKey && job.expiresAt && Temporal.Instant.compare(now, job.expiresAt) < 0) return t('documents.job.ready');
  return job.expiresAt ? t('documents.job.expired') : t('documents.job.nothing');
}
