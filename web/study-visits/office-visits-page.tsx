import type { EventDetails } from '../../server/events/queries.ts';
import type { AllocationState, Visit } from '../../server/study-visits/queries.ts';
import type { Choices } from '../../server/study-visits/rules.ts';
import { text, type Values } from '../events/form-values.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { formatMoment, formatPercent } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { RadioList } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { Progress, Stats } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { When } from '../ui/when.tsx';
import { visitTitle } from './visit-details.tsx';

export interface OfficeVisitsPageProps {
  ctx: PageContext;
  event: EventDetails;
  choices: Choices | undefined;
  visits: Visit[];
  allocation: AllocationState | undefined;
  steps: number;
  values: Values;
  errors?: FieldError[] | undefined;
}

/** All an organiser does about visits: the settings, each visit, and who gets what. */
export function OfficeVisitsPage(props: OfficeVisitsPageProps) {
  const { ctx, event, choices, visits, allocation, errors } = props;
  const { t } = ctx;
  const running = allocation !== undefined && allocation.endedAt === null;
  const path = `/back-office/events/${event.slug}`;
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('studyVisits.title')}
      lead={t('studyVisits.office.lead')}
      tab="visits"
      errors={errors}
      head={running ? <meta http-equiv="refresh" content="2" /> : undefined}
    >
      <section aria-labelledby="visits">
        <h2 id="visits">{t('studyVisits.office.visits')}</h2>
        {visits.length === 0 ? <p>{t('studyVisits.none')}</p> : <List {...props} />}
        <ButtonRow>
          <ButtonLink kind="secondary" href={`${path}/programme/sessions/new?kind=visit`}>
            {t('studyVisits.office.new')}
          </ButtonLink>
        </ButtonRow>
      </section>
      {choices?.mode === 'wishes' && <Allocation {...props} running={running} />}
      <Settings {...props} />
    </OfficeFrame>
  );
}

function List({ ctx, event, visits }: OfficeVisitsPageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/visits`;
  return (
    <Table
      ctx={ctx}
      caption={t('studyVisits.title')}
      captionUnseen
      rows={visits}
      rowKey={(visit) => visit.id}
      columns={[
        {
          key: 'title',
          words: t('studyVisits.office.visit'),
          cell: (visit) => <a href={`${path}/${visit.id}`}>{visitTitle(ctx, event, visit)}</a>,
        },
        {
          key: 'when',
          words: t('studyVisits.fact.when'),
          cell: (visit) => <When ctx={ctx} at={visit.startsAt} until={visit.endsAt} zone={event.zone} />,
        },
        {
          key: 'places',
          words: t('studyVisits.office.places'),
          number: true,
          cell: (visit) => visit.places ?? t('studyVisits.office.unwritten'),
        },
        { key: 'minimum', words: t('studyVisits.office.minimum'), number: true, cell: (visit) => visit.minimum },
        {
          key: 'wished',
          words: t('studyVisits.office.wished'),
          number: true,
          cell: (visit) => `${visit.wished} (${visit.wishedFirst})`,
        },
        { key: 'held', words: t('studyVisits.office.held'), number: true, cell: (visit) => visit.held },
        { key: 'waiting', words: t('studyVisits.office.waiting'), number: true, cell: (visit) => visit.waiting },
      ]}
    />
  );
}

function Allocation({ ctx, event, choices, allocation, steps, running, errors }: OfficeVisitsPageProps & { running: boolean }) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/visits`;
  const moment = (at: Temporal.Instant) => formatMoment(at, event.zone, ctx.language);
  const proposal = allocation?.endedAt && !allocation.failed && !allocation.releasedAt;
  return (
    <section aria-labelledby="allocation" class="visits-stack">
      <h2 id="allocation">{t('studyVisits.office.allocation')}</h2>
      {choices?.frozenAt && <Notice kind="warning">{t('studyVisits.office.frozen', { when: moment(choices.frozenAt) })}</Notice>}
      {running && allocation && (
        <>
          <Notice kind="info">{t('studyVisits.office.running')}</Notice>
          <Progress ctx={ctx} label={t('studyVisits.office.progress')} value={allocation.step} total={steps} />
        </>
      )}
      {allocation?.failed && <Notice kind="error">{t('studyVisits.office.failed')}</Notice>}
      {allocation?.endedAt && !allocation.failed && (
        <>
          <p>
            {allocation.releasedAt
              ? t('studyVisits.office.released', { when: moment(allocation.releasedAt) })
              : t('studyVisits.office.proposal', { when: moment(allocation.endedAt) })}
          </p>
          <Figures ctx={ctx} allocation={allocation} />
          <ButtonRow>
            <ButtonLink kind="secondary" href={`${path}/people`}>
              {t('studyVisits.office.people')}
            </ButtonLink>
            {proposal && !choices?.frozenAt && (
              <ButtonLink href={`${path}/release`}>{t('studyVisits.office.release')}</ButtonLink>
            )}
          </ButtonRow>
        </>
      )}
      {!running && !choices?.frozenAt && (
        <PostForm action={`${path}/allocation`}>
          <TextInput
            ctx={ctx}
            name="seed"
            label={t('studyVisits.office.seed')}
            hint={t('studyVisits.office.seedHint')}
            errors={errors}
            inputmode="numeric"
            size="short"
          />
          <p class="hint">{t('studyVisits.office.runHint')}</p>
          <Button kind={proposal ? 'secondary' : 'primary'}>{t('studyVisits.office.run')}</Button>
        </PostForm>
      )}
      <PostForm action={`${path}/freeze${choices?.frozenAt ? '/removal' : ''}`} inline>
        <Button kind="quiet">{choices?.frozenAt ? t('studyVisits.office.thaw') : t('studyVisits.office.freeze')}</Button>
      </PostForm>
    </section>
  );
}

function Figures({ ctx, allocation }: { ctx: PageContext; allocation: AllocationState }) {
  const { t } = ctx;
  const { assigned, people, cost, moved, gap, chosenAssigned, chosenCost, seed } = allocation;
  return (
    <Stats
      ctx={ctx}
      stats={[
        {
          words: t('studyVisits.office.assigned'),
          value: assigned ?? 0,
          note: t('studyVisits.office.ofPeople', { n: people ?? 0 }),
        },
        {
          words: t('studyVisits.office.cost'),
          value: cost ?? 0,
          note: t('studyVisits.office.chosen', { assigned: chosenAssigned ?? 0, cost: chosenCost ?? 0 }),
        },
        { words: t('studyVisits.office.moved'), value: moved ?? 0 },
        { words: t('studyVisits.office.gap'), value: formatPercent(gap ?? 0, ctx.language, 2) },
        { words: t('studyVisits.office.seed'), value: String(seed) },
      ]}
    />
  );
}

function Settings({ ctx, event, values, errors }: OfficeVisitsPageProps) {
  const { t } = ctx;
  const field = (name: string) => ({ ctx, name, errors, value: text(values, name) });
  const number = { inputmode: 'numeric', size: 'short' } as const;
  return (
    <section aria-labelledby="settings">
      <h2 id="settings">{t('studyVisits.office.settings')}</h2>
      <PostForm action={`/back-office/events/${event.slug}/visits`}>
        <RadioList
          {...field('mode')}
          label={t('studyVisits.office.mode')}
          required
          options={(['wishes', 'first-come'] as const).map((value) => ({ value, words: t(`studyVisits.office.mode.${value}`) }))}
        />
        <TextInput {...field('wishes')} {...number} label={t('studyVisits.office.wishes')} required />
        <TextInput {...field('each')} {...number} label={t('studyVisits.office.each')} required />
        <TextInput
          {...field('perCity')}
          {...number}
          label={t('studyVisits.office.perCity')}
          hint={t('studyVisits.office.perCityHint')}
        />
        <DateTimeInput {...field('closes')} label={t('studyVisits.office.closes')} zone={event.zone} />
        <Button>{t('studyVisits.office.save')}</Button>
      </PostForm>
    </section>
  );
}
