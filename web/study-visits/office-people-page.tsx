import type { EventDetails } from '../../server/events/queries.ts';
import type { MoveCost } from '../../server/study-visits/move.ts';
import type { AllocatedPerson, Preferences, Visit } from '../../server/study-visits/queries.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { CheckboxList } from '../ui/choice.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { at, queryOf } from '../ui/query.ts';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { reasonWords } from './reason-words.ts';
import { visitTitle } from './visit-details.tsx';

export interface OfficePeoplePageProps {
  ctx: PageContext;
  event: EventDetails;
  visits: Visit[];
  people: AllocatedPerson[];
  filter: { q: string; visit?: string | undefined };
  next: string | null;
  first: boolean;
}

/** Who gets what, and why, before and after it is released. */
export function OfficePeoplePage({ ctx, event, visits, people, filter, next, first }: OfficePeoplePageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/visits/people`;
  const titleOf = (id: string) =>
    visitTitle(
      ctx,
      event,
      visits.find((visit) => visit.id === id),
    );
  return (
    <OfficeFrame ctx={ctx} event={event} title={t('studyVisits.office.people')} tab="visits">
      <ListTools
        ctx={ctx}
        action={path}
        search={filter.q}
        filters={[
          {
            name: 'visit',
            label: t('studyVisits.office.visit'),
            value: filter.visit ?? '',
            options: [
              { value: 'none', words: t('studyVisits.office.nothing') },
              ...visits.map(({ id }) => ({ value: id, words: titleOf(id) })),
            ],
          },
        ]}
      />
      <Table
        ctx={ctx}
        caption={t('studyVisits.office.people')}
        captionUnseen
        rows={people}
        rowKey={(row) => row.registration}
        columns={[
          { key: 'name', words: t('studyVisits.office.name'), cell: (row) => row.name },
          { key: 'organisation', words: t('studyVisits.office.organisation'), cell: (row) => row.organisation ?? '–' },
          {
            key: 'has',
            words: t('studyVisits.office.has'),
            cell: (row) => (
              <>
                {row.visits.map(titleOf).join(', ') || t('studyVisits.office.nothing')}{' '}
                {row.pinned && <Tag plain>{t('studyVisits.office.byHand')}</Tag>}
              </>
            ),
          },
          {
            key: 'wishes',
            words: t('studyVisits.office.wishList'),
            cell: (row) => row.wishes.map((id, n) => `${n + 1}. ${titleOf(id)}`).join(' · ') || '–',
          },
          {
            key: 'why',
            words: t('studyVisits.office.why'),
            cell: (row) => row.reasons.map((reason) => reasonWords(t, reason, titleOf)).join(' '),
          },
          {
            key: 'move',
            words: t('studyVisits.office.move'),
            cell: (row) => (
              <ButtonLink
                kind="quiet"
                small
                href={`${path}/${row.registration}`}
                label={t('studyVisits.office.moveOf', { name: row.name })}
              >
                {t('studyVisits.office.move')}
              </ButtonLink>
            ),
          },
        ]}
      />
      <Pager
        ctx={ctx}
        first={first ? undefined : at(path, queryOf(filter))}
        next={next ? at(path, queryOf({ ...filter, cursor: next })) : undefined}
      />
    </OfficeFrame>
  );
}

export interface MovePageProps {
  ctx: PageContext;
  event: EventDetails;
  visits: Visit[];
  found: Preferences;
  /** What they have now; what is chosen instead. */
  has: string[];
  chosen: string[];
  cost: MoveCost | null;
  errors?: FieldError[] | undefined;
}

/** Putting somebody elsewhere by hand: first what it costs, then the deed. */
export function MovePage({ ctx, event, visits, found, has, chosen, cost, errors }: MovePageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/visits/people`;
  const titleOf = (id: string) =>
    visitTitle(
      ctx,
      event,
      visits.find((visit) => visit.id === id),
    );
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('studyVisits.office.moveOf', { name: found.person.name })}
      tab="visits"
      width="text"
      errors={errors}
    >
      <p>
        {t('studyVisits.office.has')}: {has.map(titleOf).join(', ') || t('studyVisits.office.nothing')}
        <br />
        {t('studyVisits.office.wishList')}: {found.wishes.map((id, n) => `${n + 1}. ${titleOf(id)}`).join(' · ') || '–'}
      </p>
      <form method="get" action={`${path}/${found.registration}`} class="form">
        <CheckboxList
          ctx={ctx}
          name="visits"
          label={t('studyVisits.office.moveTo')}
          hint={t('studyVisits.office.moveHint')}
          options={visits.map(({ id }) => ({ value: id, words: titleOf(id) }))}
          values={chosen}
          errors={errors}
        />
        <input type="hidden" name="see" value="on" />
        <Button kind="secondary">{t('studyVisits.office.see')}</Button>
      </form>
      {cost && (
        <section aria-labelledby="cost" class="consequence">
          <h2 id="cost">{t('studyVisits.office.costTitle')}</h2>
          <ul>
            {cost.breaks.length === 0 && <li>{t('studyVisits.office.costFree')}</li>}
            {cost.breaks.map(({ rule, of }) => (
              <li key={`${rule} ${of}`}>
                {rule === 'places' || rule === 'kept' || rule === 'minimum'
                  ? t(`studyVisits.break.${rule}`, { of: titleOf(of) })
                  : t(`studyVisits.break.${rule}`)}
              </li>
            ))}
            {cost.cost !== 0 && <li>{t('studyVisits.office.costRank', { n: cost.cost })}</li>}
            {cost.assigned < 0 && <li>{t('studyVisits.office.costLoses')}</li>}
          </ul>
          <PostForm action={`${path}/${found.registration}`}>
            {chosen.map((id) => (
              <input key={id} type="hidden" name="visits" value={id} />
            ))}
            <ButtonRow>
              <Button>{t('studyVisits.office.doMove')}</Button>
              <ButtonLink kind="quiet" href={path}>
                {t('ui.confirm.back')}
              </ButtonLink>
            </ButtonRow>
          </PostForm>
        </section>
      )}
    </OfficeFrame>
  );
}
