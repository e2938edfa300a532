import type { RunPreview } from '../../server/judging/assigning.ts';
import type { Member } from '../../server/judging/jury.ts';
import { Layout } from '../layout.tsx';
import { countryName, formatList, languageName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { RadioList } from '../ui/choice.tsx';
import { Stats } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { JudgingTabs } from './judging-tabs.tsx';
import { ScoringSection, type ScoringSectionProps } from './scoring-section.tsx';
import { langOf, read } from './words.ts';

export interface JuryPageProps {
  ctx: PageContext;
  call: ScoringSectionProps['call'];
  mayRun: boolean;
  members: Member[];
  run: RunPreview | null;
  /** How many jurors have reviews left. */
  unfinished: number;
  values: Record<string, unknown>;
  errors: FieldError[];
}

/** Who judges, what each was given and how far they are; inviting and assigning. */
export function JuryPage(props: JuryPageProps) {
  const { ctx, call, members, mayRun, errors } = props;
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  const seated = members.filter((member) => !member.endedAt);
  return (
    <Layout
      ctx={ctx}
      title={t('judging.jury.title')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      errors={errors}
    >
      <JudgingTabs ctx={ctx} slug={call.slug} here="jury" />
      {seated.length === 0 ? <p class="empty">{t('judging.jury.none')}</p> : <Members {...props} members={seated} />}
      {mayRun && <Invite {...props} />}
      <Assigning {...props} />
      {seated.length > 0 && <ScoringSection {...props} begun={seated.some((member) => member.assigned > 0)} />}
    </Layout>
  );
}

function Members({ ctx, call, members, mayRun }: JuryPageProps) {
  const { t } = ctx;
  return (
    <Table
      ctx={ctx}
      caption={t('judging.jury.title')}
      captionUnseen
      rows={members}
      rowKey={(member) => member.personId}
      columns={[
        {
          key: 'name',
          words: t('judging.field.name'),
          cell: (member) => (
            <>
              {member.name} {member.seat === 'chair' && <Tag tone="new">{t('judging.seat.chair')}</Tag>}
            </>
          ),
        },
        {
          key: 'of',
          words: t('judging.field.organisation'),
          cell: (member) =>
            [member.organisation?.name, member.country && countryName(member.country, ctx.language)].filter(Boolean).join(', ') ||
            '–',
        },
        {
          key: 'languages',
          words: t('judging.field.languages'),
          cell: (member) =>
            formatList(
              member.languages.map((tag) => languageName(tag, ctx.language)),
              ctx.language,
            ) || '–',
        },
        { key: 'conflicts', words: t('judging.field.conflicts'), number: true, cell: (member) => member.conflicts },
        {
          key: 'done',
          words: t('judging.field.progress'),
          number: true,
          cell: (member) =>
            member.seat === 'chair' ? '–' : t('ui.progress.of', { n: member.submitted, total: member.assigned }),
        },
        ...(mayRun
          ? [
              {
                key: 'removal',
                words: t('judging.field.seat'),
                cell: (member: Member) => (
                  <PostForm inline action={`/back-office/calls/${call.slug}/jury/${member.personId}/removal`}>
                    <Button kind="quiet" small label={t('judging.jury.removeName', { name: member.name })}>
                      {t('judging.jury.remove')}
                    </Button>
                  </PostForm>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function Invite({ ctx, call, values, errors }: JuryPageProps) {
  const { t } = ctx;
  const value = (name: string) => String(values[name] ?? '');
  return (
    <section>
      <h2>{t('judging.jury.invite')}</h2>
      <p>{t('judging.jury.inviteWords')}</p>
      <PostForm action={`/back-office/calls/${call.slug}/jury`}>
        <TextInput ctx={ctx} name="name" label={t('judging.field.name')} value={value('name')} required errors={errors} />
        <TextInput
          ctx={ctx}
          name="email"
          type="email"
          label={t('judging.field.email')}
          value={value('email')}
          required
          errors={errors}
        />
        <RadioList
          ctx={ctx}
          name="seat"
          label={t('judging.field.seat')}
          value={value('seat') || 'juror'}
          options={[
            { value: 'juror', words: t('judging.seat.juror') },
            { value: 'chair', words: t('judging.seat.chair'), hint: t('judging.seat.chairHint') },
          ]}
          required
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="organisation"
          label={t('judging.field.organisation')}
          hint={t('judging.field.organisationHint')}
          value={value('organisation')}
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="country"
          size="short"
          maxlength={2}
          label={t('judging.field.country')}
          hint={t('judging.field.countryHint')}
          value={value('country')}
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="languages"
          label={t('judging.field.languages')}
          hint={t('judging.field.languagesHint')}
          value={value('languages')}
          errors={errors}
        />
        <Button>{t('judging.jury.inviteGo')}</Button>
      </PostForm>
    </section>
  );
}

function Assigning({ ctx, call, run, mayRun, members, errors }: JuryPageProps) {
  const { t } = ctx;
  const name = (id: string) => members.find((member) => member.personId === id)?.name ?? '–';
  return (
    <section>
      <h2>{t('judging.assign.title')}</h2>
      <p>
        <a href={`/back-office/calls/${call.slug}/assignments`}>{t('judging.pairs.toIt')}</a>
      </p>
      {run && (
        <>
          {!run.publishedAt && <Notice kind="info">{t('judging.assign.preview')}</Notice>}
          {!run.connected && <Notice kind="warning">{t('judging.assign.disconnected')}</Notice>}
          <Stats
            ctx={ctx}
            stats={[
              { words: t('judging.assign.pairs'), value: run.pairs.length },
              { words: t('judging.assign.shortage'), value: run.shortage.reduce((sum, one) => sum + one.reviews, 0) },
              { words: t('judging.assign.conflicts'), value: run.conflicts.reduce((sum, one) => sum + one.pairs, 0) },
              { words: t('judging.assign.added'), value: run.added },
              { words: t('judging.assign.withdrawn'), value: run.withdrawn },
            ]}
          />
          <Table
            ctx={ctx}
            caption={t('judging.assign.load')}
            rows={run.load}
            rowKey={(row) => row.juror}
            columns={[
              { key: 'juror', words: t('judging.field.juror'), cell: (row) => name(row.juror) },
              { key: 'entries', words: t('judging.field.entries'), number: true, cell: (row) => row.entries },
            ]}
          />
        </>
      )}
      {mayRun && run && !run.publishedAt && (
        <PostForm inline action={`/back-office/calls/${call.slug}/assignments/publication`}>
          <Button>{t('judging.assign.publish')}</Button>
        </PostForm>
      )}
      {mayRun && (
        <PostForm action={`/back-office/calls/${call.slug}/assignments`}>
          <TextInput
            ctx={ctx}
            name="automatic[reviews]"
            type="number"
            size="short"
            label={t('judging.assign.reviews')}
            value="3"
            required
            errors={errors}
          />
          <Select
            ctx={ctx}
            name="automatic[language]"
            label={t('judging.assign.language')}
            value="any"
            required
            options={(['all', 'one', 'any'] as const).map((rule) => ({
              value: rule,
              words: t(`judging.assign.language.${rule}`),
            }))}
            errors={errors}
          />
          <Button kind="secondary">{t('judging.assign.go')}</Button>
        </PostForm>
      )}
    </section>
  );
}
