import type { OfficeCall } from '../../server/calls/queries.ts';
import { callState } from '../../server/calls/rules.ts';
import { Layout } from '../layout.tsx';
import { languageName } from '../locales/format.ts';
import { LANGUAGES } from '../locales/languages.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { CheckboxList, RadioList } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Pager } from '../ui/pager.tsx';
import { ZoneSelect } from '../ui/place-select.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { When } from '../ui/when.tsx';
import { CALL_TONES } from './words.ts';

/** The calls that somebody runs. */
export function OfficeCallsPage({
  ctx,
  calls,
  next,
  q,
}: {
  ctx: PageContext;
  calls: OfficeCall[];
  next: string | null;
  q: string;
}) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('callsOffice.list.title')}
      actions={<ButtonLink href="/back-office/calls/new">{t('callsOffice.new.title')}</ButtonLink>}
    >
      <ListTools ctx={ctx} action="/back-office/calls" search={q} />
      <div data-list>
        {calls.length === 0 ? (
          <EmptyState title={t('calls.list.none')} />
        ) : (
          <Table
            ctx={ctx}
            caption={t('callsOffice.list.title')}
            captionUnseen
            rows={calls}
            rowKey={(call) => call.id}
            columns={[
              {
                key: 'title',
                words: t('entries.field.title'),
                cell: (call) => (
                  <a href={`/back-office/calls/${call.slug}`}>
                    {textIn(call.title, [ctx.language], call.defaultLanguage) || call.slug}
                  </a>
                ),
              },
              { key: 'kind', words: t('calls.list.kind'), cell: (call) => t(`calls.kind.${call.kind}`) },
              {
                key: 'state',
                words: t('calls.fact.state'),
                cell: (call) => (
                  <Tag tone={CALL_TONES[callState(call, ctx.now)]}>{t(`calls.state.${callState(call, ctx.now)}`)}</Tag>
                ),
              },
              {
                key: 'closes',
                words: t('calls.fact.deadline'),
                cell: (call) => <When ctx={ctx} at={call.closesAt} zone={call.zone} />,
              },
              { key: 'drafts', words: t('entries.state.draft'), number: true, cell: (call) => call.entries.drafts },
              { key: 'submitted', words: t('entries.state.submitted'), number: true, cell: (call) => call.entries.submitted },
            ]}
          />
        )}
        <Pager
          ctx={ctx}
          next={next && `/back-office/calls?${q ? `q=${encodeURIComponent(q)}&` : ''}cursor=${encodeURIComponent(next)}`}
        />
      </div>
    </Layout>
  );
}

/** A new call: the least there must be. */
export function NewCallPage({
  ctx,
  values,
  errors = [],
}: {
  ctx: PageContext;
  values: Record<string, unknown>;
  errors?: FieldError[];
}) {
  const { t } = ctx;
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const zone = text('zone') || ctx.zone;
  const languages = LANGUAGES.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }));
  return (
    <Layout
      ctx={ctx}
      title={t('callsOffice.new.title')}
      width="text"
      errors={errors}
      breadcrumbs={[{ words: t('callsOffice.list.title'), href: '/back-office/calls' }]}
    >
      <PostForm action="/back-office/calls/new">
        <RadioList
          ctx={ctx}
          name="kind"
          label={t('calls.list.kind')}
          required
          options={(['award', 'experiences'] as const).map((kind) => ({ value: kind, words: t(`calls.kind.${kind}`) }))}
          value={text('kind') || 'award'}
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="title"
          label={t('entries.field.title')}
          required
          maxlength={200}
          value={text('title')}
          errors={errors}
        />
        <Select
          ctx={ctx}
          name="language"
          label={t('callsOffice.new.language')}
          required
          options={languages}
          value={text('language') || ctx.language}
          size="medium"
          errors={errors}
        />
        <CheckboxList
          ctx={ctx}
          name="languages"
          label={t('callsOffice.new.languages')}
          options={languages}
          values={[values.languages ?? []].flat().map(String)}
          errors={errors}
        />
        <ZoneSelect ctx={ctx} name="zone" label={t('callsOffice.field.zone')} required value={zone} errors={errors} />
        <DateTimeInput
          ctx={ctx}
          name="opens"
          label={t('calls.fact.opens')}
          required
          zone={zone}
          value={text('opens')}
          errors={errors}
        />
        <DateTimeInput
          ctx={ctx}
          name="closes"
          label={t('calls.fact.deadline')}
          required
          zone={zone}
          value={text('closes')}
          errors={errors}
        />
        <Button>{t('callsOffice.new.go')}</Button>
      </PostForm>
    </Layout>
  );
}
