import type { Decision } from '../../server/judging/decisions.ts';
import { Layout } from '../layout.tsx';
import { countryName, formatList, formatMoment } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Card, Cards } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { JudgingTabs } from './judging-tabs.tsx';
import { langOf, read } from './words.ts';

export interface DecisionsPageProps {
  ctx: PageContext;
  call: {
    slug: string;
    kind: 'award' | 'experiences';
    title: Record<string, string>;
    defaultLanguage: string;
    zone: string;
    resultsPublishedAt: Temporal.Instant | null;
  };
  decisions: Decision[];
  entries: { id: string; code: string; title: Record<string, string>; organisation: string }[];
  /** The ids of entries whose order at the cut line the jury has yet to decide; null once the results are public. */
  undecided: { entries: string[]; chosen: number } | null;
  mayPublish: boolean;
  values: Record<string, unknown>;
  errors: FieldError[];
}

const KINDS = ['laureate', 'mention', 'shortlisted', 'not-selected', 'void'] as const;

/** What the jury resolved, with reasons and who was there; publication; the proof to take away. */
export function DecisionsPage(props: DecisionsPageProps) {
  const { ctx, call, decisions, mayPublish, errors } = props;
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  const published = call.resultsPublishedAt;
  return (
    <Layout
      ctx={ctx}
      title={t('judging.decisions.title')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      lead={t('judging.decisions.lead')}
      errors={errors}
    >
      <JudgingTabs ctx={ctx} slug={call.slug} here="decisions" />
      {published && (
        <Notice kind="success">
          {t('judging.decisions.published', { when: formatMoment(published, call.zone, ctx.language) })}
        </Notice>
      )}
      <OpenTie {...props} />
      {decisions.length === 0 ? (
        <p class="empty">{t('judging.decisions.none')}</p>
      ) : (
        <>
          <h2 class="unseen">{t('judging.decisions.title')}</h2>
          <Cards>
            {decisions.map((decision) => (
              <DecisionCard key={decision.id} {...props} decision={decision} />
            ))}
          </Cards>
        </>
      )}
      {!published && <Decide {...props} />}
      {call.kind === 'experiences' && published && (
        <p>
          <a href={`/back-office/calls/${call.slug}/presentations`}>{t('judging.presentations.toIt')}</a>
        </p>
      )}
      <ButtonRow>
        <ButtonLink kind="secondary" href={`/back-office/calls/${call.slug}/chain.json`} download>
          {t('judging.decisions.chain')}
        </ButtonLink>
        <ButtonLink kind="secondary" href={`/back-office/calls/${call.slug}/archive.zip`} download>
          {t('judging.archive.link')}
        </ButtonLink>
        {mayPublish && published && (
          <ButtonLink kind="secondary" href={`/back-office/calls/${call.slug}/documents`}>
            {t('documents.title')}
          </ButtonLink>
        )}
        {mayPublish && !published && (
          <PostForm inline action={`/back-office/calls/${call.slug}/results`}>
            <Button kind="danger">{t('judging.decisions.publish')}</Button>
          </PostForm>
        )}
      </ButtonRow>
    </Layout>
  );
}

function OpenTie({ ctx, call, entries, undecided }: DecisionsPageProps) {
  if (!undecided || undecided.entries.length < 2) return null;
  const name = (id: string) => {
    const entry = entries.find((one) => one.id === id);
    return entry ? `${entry.organisation} · ${read(ctx, entry.title, call.defaultLanguage).text}` : id;
  };
  const tied = formatList(undecided.entries.map(name), ctx.language);
  return (
    <Notice kind="warning">
      {ctx.t('judging.tie.words', { n: undecided.chosen, entries: tied })}{' '}
      <a href={`/back-office/calls/${call.slug}/ranking#tie`}>{ctx.t('judging.tie.toIt')}</a>
    </Notice>
  );
}

function DecisionCard({ ctx, call, decision }: DecisionsPageProps & { decision: Decision }) {
  const { t } = ctx;
  const { entry } = decision;
  const title = entry ? read(ctx, entry.title, call.defaultLanguage) : null;
  const reasons = read(ctx, decision.reasons, call.defaultLanguage);
  return (
    <Card
      title={title?.text ?? t('judging.decision.void')}
      lang={title ? langOf(ctx, title) : undefined}
      kicker={`${t(`judging.decision.${decision.kind}`)}${decision.place ? ` · ${decision.place}` : ''}`}
      foot={
        !call.resultsPublishedAt && (
          <PostForm inline action={`/back-office/calls/${call.slug}/decisions/${decision.id}/removal`}>
            <Button kind="quiet" small>
              {t('judging.decisions.revoke')}
            </Button>
          </PostForm>
        )
      }
    >
      {entry && (
        <p>
          {entry.organisation}, {countryName(entry.country, ctx.language)}
          {' · '}
          <a
            href={`/back-office/calls/${call.slug}/reviews/${entry.code}.pdf`}
            aria-label={t('judging.report.of', { code: entry.code })}
            download
          >
            {t('judging.report.link')}
          </a>
        </p>
      )}
      <p class="preserved" lang={langOf(ctx, reasons)}>
        {reasons.text}
      </p>
      <p class="hint">{t('judging.decisions.there', { names: formatList(decision.present, ctx.language) })}</p>
    </Card>
  );
}

function Decide({ ctx, call, entries, values, errors }: DecisionsPageProps) {
  const { t } = ctx;
  const value = (name: string) => String(values[name] ?? '');
  const language = call.defaultLanguage;
  const reasons = (values.reasons as Record<string, string> | undefined)?.[language];
  return (
    <section>
      <h2>{t('judging.decisions.new')}</h2>
      <PostForm action={`/back-office/calls/${call.slug}/decisions`}>
        <Select
          ctx={ctx}
          name="kind"
          label={t('judging.field.decision')}
          value={value('kind') || 'laureate'}
          required
          options={KINDS.map((kind) => ({ value: kind, words: t(`judging.decision.${kind}`) }))}
          errors={errors}
        />
        <Select
          ctx={ctx}
          name="entry"
          label={t('judging.field.entry')}
          hint={t('judging.decisions.entryHint')}
          empty
          value={value('entry')}
          options={entries.map((entry) => ({
            value: entry.id,
            words: `${entry.code} · ${entry.organisation} · ${read(ctx, entry.title, language).text}`,
          }))}
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="place"
          type="number"
          size="short"
          label={t('judging.field.place')}
          value={value('place')}
          errors={errors}
        />
        <TextArea
          ctx={ctx}
          name={`reasons[${language}]`}
          label={t('judging.decisions.reasons')}
          lang={language}
          value={reasons ?? ''}
          rows={4}
          required
          errors={errors}
        />
        <TextArea
          ctx={ctx}
          name="present"
          label={t('judging.decisions.present')}
          hint={t('judging.decisions.presentHint')}
          value={value('present')}
          rows={4}
          required
          errors={errors}
        />
        <Button>{t('judging.decisions.go')}</Button>
      </PostForm>
    </section>
  );
}
