import type { Preferences } from '../../server/study-visits/queries.ts';
import type { Choices } from '../../server/study-visits/rules.ts';
import { Layout } from '../layout.tsx';
import { translateCode } from '../locales/translate.ts';
import type { FieldError, PageContext } from '../page.ts';
import { eventCrumb, eventTitle } from '../registrations/event-line.tsx';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { type ShownVisit, type VisitEvent, visitTitle } from './visit-details.tsx';
import { VisitCards } from './visits-page.tsx';
import { WishesFields } from './wishes-fields.tsx';

export interface DelegationVisitsPageProps {
  ctx: PageContext;
  event: VisitEvent;
  organisation: { name: string };
  base: string;
  choices: Choices | undefined;
  visits: ShownVisit[];
  people: (Preferences & { typed?: string[] })[];
  together: boolean;
  refusal: string | null;
  errors?: FieldError[] | undefined;
}

/** What everybody of a delegation wishes, on one page for its contact; afterwards what each has. */
export function DelegationVisitsPage({
  ctx,
  event,
  organisation,
  base,
  choices,
  visits,
  people,
  together,
  refusal,
  errors,
}: DelegationVisitsPageProps) {
  const { t } = ctx;
  const titleOf = (id: string) =>
    visitTitle(
      ctx,
      event,
      visits.find((visit) => visit.id === id),
    );
  return (
    <Layout
      ctx={ctx}
      title={t('studyVisits.delegation.title', { organisation: organisation.name })}
      kicker={eventTitle(ctx, event)}
      lead={t('studyVisits.delegation.lead')}
      width="text"
      errors={errors}
      breadcrumbs={[
        eventCrumb(ctx, event),
        { words: t('registrations.delegation.of', { organisation: organisation.name }), href: base },
      ]}
    >
      {people.length === 0 && <p>{t('studyVisits.delegation.nobody')}</p>}
      {refusal !== null && <Notice kind="info">{translateCode(ctx.language, `refusal.${refusal}`) ?? refusal}</Notice>}
      {refusal === null && people.length > 0 && (
        <PostForm action={`${base}/visits`}>
          <Checkbox
            ctx={ctx}
            name="together"
            label={t('studyVisits.delegation.together')}
            hint={t('studyVisits.delegation.togetherHint')}
            checked={together}
          />
          {people.map((person) => (
            <fieldset key={person.registration} class="wishes-of">
              <legend>{person.person.name}</legend>
              <WishesFields
                ctx={ctx}
                event={event}
                visits={visits}
                most={Math.min(choices?.wishes ?? 0, visits.length)}
                wishes={person.typed ?? person.wishes}
                name={`people[${person.registration}]`}
                errors={errors}
              />
            </fieldset>
          ))}
          <Button>{t('studyVisits.my.save')}</Button>
        </PostForm>
      )}
      {choices?.releasedAt && (
        <ul>
          {people.map((person) => (
            <li key={person.registration}>
              <a href={`/registrations/${person.registration}/visits`}>{person.person.name}</a>:{' '}
              {person.visits.map(titleOf).join(', ') || t('studyVisits.office.nothing')}
            </li>
          ))}
        </ul>
      )}
      {visits.length > 0 && (
        <section aria-labelledby="all">
          <h2 id="all">{t('studyVisits.title')}</h2>
          <VisitCards ctx={ctx} event={event} visits={visits} />
        </section>
      )}
    </Layout>
  );
}
