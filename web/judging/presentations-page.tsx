import type { Presentation } from '../../server/judging/presentations.ts';
import { SESSION_KINDS } from '../../server/programme/input.ts';
import { Layout } from '../layout.tsx';
import { formatNumber } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { JudgingTabs } from './judging-tabs.tsx';
import { langOf, read } from './words.ts';

interface Modality {
  key: string;
  title: Record<string, string>;
  minutes: number | null;
}

export interface PresentationsPageProps {
  ctx: PageContext;
  call: {
    slug: string;
    title: Record<string, string>;
    defaultLanguage: string;
    resultsPublishedAt: Temporal.Instant | null;
  };
  items: Presentation[];
  modalities: Modality[];
  event: { slug: string; starts: Temporal.PlainDateTime; zone: string } | null;
  mayRun: boolean;
  values: Record<string, unknown>;
  errors: FieldError[];
}

/** Which selected experiences are sessions already, and a form for each modality that makes them so. */
export function PresentationsPage(props: PresentationsPageProps) {
  const { ctx, call, items, modalities, event, mayRun, errors } = props;
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  const modality = (key: string) => {
    const found = modalities.find((one) => one.key === key);
    return found ? read(ctx, found.title, call.defaultLanguage).text : t('judging.presentations.noModality');
  };
  const waiting = Map.groupBy(
    items.filter((item) => !item.session),
    (item) => item.modality,
  );
  return (
    <Layout
      ctx={ctx}
      title={t('judging.presentations.title')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      lead={t('judging.presentations.lead')}
      errors={errors}
    >
      <JudgingTabs ctx={ctx} slug={call.slug} here="decisions" />
      {items.length === 0 ? (
        <p class="empty">{t(call.resultsPublishedAt ? 'judging.presentations.none' : 'refusal.results-first')}</p>
      ) : (
        <Table
          ctx={ctx}
          caption={t('judging.presentations.selected')}
          rows={items}
          rowKey={(item) => item.entry}
          columns={[
            {
              key: 'entry',
              words: t('judging.field.entry'),
              cell: (item) => {
                const name = read(ctx, item.title, item.language);
                return (
                  <>
                    <span lang={langOf(ctx, name)}>{name.text}</span> · {item.organisation}
                  </>
                );
              },
            },
            { key: 'modality', words: t('judging.presentations.modality'), cell: (item) => modality(item.modality) },
            {
              key: 'session',
              words: t('judging.presentations.session'),
              cell: (item) =>
                item.session ? (
                  <a href={`/back-office/events/${event?.slug ?? ''}/programme/${item.session.id}`}>
                    {t(`programme.kind.${item.session.kind}`)}
                  </a>
                ) : (
                  <Tag tone="wait">{t('judging.presentations.notYet')}</Tag>
                ),
            },
          ]}
        />
      )}
      {mayRun &&
        [...waiting].map(([key, of]) => (
          <section key={key}>
            <h2>
              {modality(key)} ({formatNumber(of.length, ctx.language)})
            </h2>
            <MakeForm {...props} modality={key} minutes={modalities.find((one) => one.key === key)?.minutes ?? 60} />
          </section>
        ))}
    </Layout>
  );
}

function MakeForm({
  ctx,
  call,
  event,
  modality,
  minutes,
  values,
  errors,
}: PresentationsPageProps & { modality: string; minutes: number }) {
  const { t } = ctx;
  const typed = values.modality === modality ? values : {};
  const own = values.modality === modality ? errors : [];
  const kind = SESSION_KINDS.find((one) => one === modality) ?? 'workshop';
  const starts = event?.starts.toString({ smallestUnit: 'minute' }) ?? '';
  return (
    <PostForm action={`/back-office/calls/${call.slug}/presentations`} hidden={{ modality }}>
      <Select
        ctx={ctx}
        name="kind"
        id={`kind-${modality}`}
        label={t('judging.presentations.kind')}
        required
        size="medium"
        value={String(typed.kind ?? kind)}
        options={SESSION_KINDS.map((one) => ({ value: one, words: t(`programme.kind.${one}`) }))}
        errors={own}
      />
      <DateTimeInput
        ctx={ctx}
        name="starts"
        zone={event?.zone ?? 'UTC'}
        id={`starts-${modality}`}
        label={t('judging.presentations.starts')}
        hint={t('judging.presentations.startsHint')}
        required
        value={String(typed.starts ?? starts)}
        errors={own}
      />
      <TextInput
        ctx={ctx}
        name="minutes"
        id={`minutes-${modality}`}
        type="number"
        size="short"
        label={t('judging.presentations.minutes')}
        required
        value={String(typed.minutes ?? minutes)}
        errors={own}
      />
      <Button>{t('judging.presentations.go')}</Button>
    </PostForm>
  );
}
