import type { EntryDetails, VersionRow } from '../../server/calls/entry-queries.ts';
import type { Check } from '../../server/calls/judged.ts';
import type { CallDetails } from '../../server/calls/queries.ts';
import type { Receipt } from '../../server/calls/receipt.ts';
import { Layout } from '../layout.tsx';
import { formatMoment, languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Unfold } from '../ui/unfold.tsx';
import { Happened, When } from '../ui/when.tsx';
import { ENTRY_TONES, entryState, failureWords, ruleWords } from './words.ts';

export interface EntryPageProps {
  ctx: PageContext;
  call: CallDetails;
  entry: EntryDetails;
  check: Check;
  /** What is missing, each with its words and the page where it is filled in. */
  missing: { words: string; href: string }[];
  shutWords: string | null;
  receipt: Receipt;
  versions: VersionRow[];
  writable: boolean;
  /** A contact of the city: names authors, signs, withdraws. */
  signs: boolean;
  people: { id: string; name: string }[];
  errors?: FieldError[];
}

/** Where an entry stands, for those who write it: what is missing, what was submitted when, who writes it. */
export function EntryPage(props: EntryPageProps) {
  const { ctx, call, entry, errors, writable } = props;
  const { t } = ctx;
  const title = textIn(entry.title, [ctx.language, entry.language]) || t('entries.untitled', { code: entry.code });
  return (
    <Layout
      ctx={ctx}
      title={title}
      kicker={`${entry.organisation.name} · ${textIn(call.title, [ctx.language], call.defaultLanguage)}`}
      breadcrumbs={[
        { words: t('entries.mine.title'), href: '/entries' },
        { words: textIn(call.title, [ctx.language], call.defaultLanguage), href: `/calls/${call.slug}` },
      ]}
      errors={errors}
      actions={
        <ButtonRow>
          {writable && (
            <ButtonLink href={`/entries/${entry.id}/edit`} kind="secondary">
              {t('entries.page.edit')}
            </ButtonLink>
          )}
          <ButtonLink href={`/entries/${entry.id}/preview`} kind="quiet">
            {t('entries.page.preview')}
          </ButtonLink>
        </ButtonRow>
      }
    >
      <DefinitionList
        facts={[
          { term: t('calls.fact.state'), value: <Tag tone={ENTRY_TONES[entry.state]}>{entryState(ctx, entry.state)}</Tag> },
          { term: t('entries.fact.code'), value: <span class="code">{entry.code}</span> },
          { term: t('calls.fact.deadline'), value: <When ctx={ctx} at={call.closesAt} zone={call.zone} /> },
          entry.reopenedUntil && {
            term: t('entries.fact.reopened'),
            value: <When ctx={ctx} at={entry.reopenedUntil} zone={call.zone} />,
          },
          entry.late && { term: t('entries.fact.late'), value: <Tag tone="wait">{t('entries.late')}</Tag> },
          entry.state === 'ineligible' && {
            term: t('entries.fact.reasons'),
            value: [...entry.screeningReasons.map((kind) => ruleWords(ctx.language, { kind, params: {} })), entry.screeningNote]
              .filter(Boolean)
              .join(' · '),
          },
        ]}
      />
      {writable ? <Submission {...props} /> : null}
      <ReceiptPart {...props} />
      <Authors {...props} />
      <Versions {...props} />
      {props.signs && entry.state !== 'withdrawn' && (
        <p>
          <ButtonLink kind="quiet" href={`/entries/${entry.id}/withdrawal`}>
            {t('entries.withdraw.go')}
          </ButtonLink>
        </p>
      )}
    </Layout>
  );
}

function Submission({ ctx, entry, check, missing, shutWords, signs }: EntryPageProps) {
  const { t } = ctx;
  const failed = check.rules.filter(({ result }) => result === 'failed' || result === 'unknown');
  return (
    <section aria-labelledby="submission">
      <h2 id="submission">{t('entries.submission.title')}</h2>
      {shutWords && <Notice kind="warning">{shutWords}</Notice>}
      {missing.length > 0 && (
        <>
          <p>{t('entries.submission.missing', { n: missing.length })}</p>
          <ul class="missing">
            {missing.map((one) => (
              <li key={one.words}>
                <a href={one.href}>{one.words}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <ul class="verdicts">
        {check.rules.map((verdict, at) => (
          <li key={at}>
            <Tag
              tone={
                verdict.result === 'met'
                  ? 'good'
                  : verdict.result === 'excepted'
                    ? 'new'
                    : verdict.result === 'unknown'
                      ? 'wait'
                      : 'bad'
              }
            >
              {t(`calls.verdict.${verdict.result}`)}
            </Tag>{' '}
            {verdict.result === 'failed' ? failureWords(ctx.language, verdict) : ruleWords(ctx.language, verdict)}
          </li>
        ))}
      </ul>
      {check.rules.some(({ kind }) => kind === 'endorsed') && signs && (
        <PostForm action={`/entries/${entry.id}/endorsement`} label={t('entries.sign.title')}>
          <TextInput
            ctx={ctx}
            name="as"
            label={t('entries.sign.as')}
            hint={t('entries.sign.hint')}
            required
            size="medium"
            maxlength={200}
            value={entry.endorsedAs}
          />
          <Button kind="secondary">{entry.endorsedAt ? t('entries.sign.again') : t('entries.sign.go')}</Button>
        </PostForm>
      )}
      {missing.length === 0 && failed.length === 0 && !shutWords && (
        <Notice kind="success">{t('entries.submission.ready')}</Notice>
      )}
      <PostForm action={`/entries/${entry.id}/submission`}>
        <Button>{t('entries.submission.go')}</Button>
      </PostForm>
      <p class="hint">{t('entries.submission.then')}</p>
    </section>
  );
}

function ReceiptPart({ ctx, call, entry, receipt }: EntryPageProps) {
  const { t } = ctx;
  if (receipt.submissions.length === 0) return null;
  const { verification } = receipt;
  const whole = verification !== null && verification.text && verification.entry && verification.files;
  return (
    <section aria-labelledby="receipt">
      <h2 id="receipt">{t('entries.receipt.title')}</h2>
      <Notice kind={whole ? 'success' : 'warning'}>{whole ? t('entries.receipt.matches') : t('entries.receipt.differs')}</Notice>
      <ol class="receipts">
        {receipt.submissions.map((one) => (
          <li key={one.number}>
            <p>
              {t('entries.receipt.line', {
                number: one.number,
                at: formatMoment(one.submittedAt, call.zone, ctx.language),
                by: one.by ?? '–',
              })}{' '}
              {one.late && <Tag tone="wait">{t('entries.late')}</Tag>}
            </p>
            <p class="code hash">{one.contentHash}</p>
          </li>
        ))}
      </ol>
      <ButtonRow>
        <ButtonLink href={`/entries/${entry.id}/receipt.pdf`} kind="secondary" download>
          {t('entries.receipt.pdf')}
        </ButtonLink>
        <ButtonLink href={`/entries/${entry.id}/receipt.json`} kind="quiet" download>
          {t('entries.receipt.json')}
        </ButtonLink>
      </ButtonRow>
    </section>
  );
}

function Authors({ ctx, entry, signs, people, errors }: EntryPageProps) {
  const { t } = ctx;
  const free = people.filter(({ id }) => !entry.authorIds.includes(id));
  return (
    <section aria-labelledby="authors">
      <h2 id="authors">{t('entries.authors.title')}</h2>
      {entry.authors.length === 0 ? (
        <p>{t('entries.authors.none')}</p>
      ) : (
        <ul class="authors">
          {entry.authors.map((author) => (
            <li key={author.personId}>
              {author.name} {author.title && <span class="soft">{author.title}</span>}
              {signs && (
                <PostForm action={`/entries/${entry.id}/authors/${author.personId}/removal`} inline>
                  <Button kind="quiet" small label={t('entries.authors.removeName', { name: author.name })}>
                    {t('entries.authors.remove')}
                  </Button>
                </PostForm>
              )}
            </li>
          ))}
        </ul>
      )}
      {signs && free.length > 0 && (
        <Unfold actions={[`/entries/${entry.id}/authors`]}>
          <summary>{t('entries.authors.add')}</summary>
          <PostForm action={`/entries/${entry.id}/authors`} label={t('entries.authors.add')}>
            <Select
              ctx={ctx}
              name="personId"
              label={t('entries.authors.person')}
              required
              empty
              options={free.map(({ id, name }) => ({ value: id, words: name }))}
              size="medium"
              errors={errors}
            />
            <TextInput ctx={ctx} name="title" label={t('entries.authors.role')} size="medium" maxlength={200} />
            <Button kind="secondary">{t('entries.authors.go')}</Button>
          </PostForm>
        </Unfold>
      )}
    </section>
  );
}

function Versions({ ctx, versions, entry }: EntryPageProps) {
  const { t } = ctx;
  const changed = versions.filter(({ fields }) => fields.length > 0);
  if (changed.length === 0) return null;
  return (
    <section aria-labelledby="versions">
      <details>
        <summary id="versions">{t('entries.versions.title')}</summary>
        <ul>
          {changed.map((version) => (
            <li key={version.version}>
              <Happened ctx={ctx} at={version.at} /> · {version.by ?? '–'} ·{' '}
              {[...new Set(version.fields.map((field) => fieldWords(ctx, field)))].join(', ')}
            </li>
          ))}
        </ul>
        <p class="hint">
          {t('entries.versions.languages', { names: entry.languages.map((tag) => languageName(tag, ctx.language)).join(', ') })}
        </p>
      </details>
    </section>
  );
}

function fieldWords(ctx: PageContext, path: string): string {
  const [name = '', key = '', inner] = path.split('.');
  const { t } = ctx;
  if (name === 'title' || name === 'summary') return `${t(`entries.field.${name}`)} (${languageName(key, ctx.language)})`;
  if (name === 'theme' || name === 'modality' || name === 'languages' || name === 'mayPublish') return t(`entries.field.${name}`);
  if (name === 'translations') return `${inner ?? ''} (${languageName(key, ctx.language)})`;
  return key || name;
}
