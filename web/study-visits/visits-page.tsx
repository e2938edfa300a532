import type { Choices } from '../../server/study-visits/rules.ts';
import { Layout } from '../layout.tsx';
import { formatMoment } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { eventCrumb } from '../registrations/event-line.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Cards } from '../ui/facts.tsx';
import { type ShownVisit, VisitCard, type VisitEvent } from './visit-details.tsx';

export interface VisitsPageProps {
  ctx: PageContext;
  event: VisitEvent;
  choices: Choices | null;
  visits: ShownVisit[];
  /** Where the reader states wishes, when they may. */
  mine: string | null;
}

/** The visits of an event for everybody. */
export function VisitsPage({ ctx, event, choices, visits, mine }: VisitsPageProps) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('studyVisits.title')} lead={t('studyVisits.public.lead')} breadcrumbs={[eventCrumb(ctx, event)]}>
      {choices && <How ctx={ctx} event={event} choices={choices} />}
      {mine && (
        <p>
          <ButtonLink href={mine}>{t('studyVisits.public.mine')}</ButtonLink>
        </p>
      )}
      {visits.length === 0 && <p>{t('studyVisits.none')}</p>}
      {visits.length > 0 && (
        <section aria-labelledby="all">
          <h2 id="all" class="unseen">
            {t('studyVisits.office.visits')}
          </h2>
          <VisitCards ctx={ctx} event={event} visits={visits} />
        </section>
      )}
    </Layout>
  );
}

function How({ ctx, event, choices }: { ctx: PageContext; event: VisitEvent; choices: Choices }) {
  const { t } = ctx;
  if (choices.mode === 'first-come') return <p>{t('studyVisits.public.firstCome')}</p>;
  const closes = choices.closesAt && formatMoment(choices.closesAt, event.zone, ctx.language);
  return (
    <p>
      {t('studyVisits.public.wishes', { n: choices.wishes })} {closes && t('studyVisits.public.closes', { when: closes })}
    </p>
  );
}

export function VisitCards({
  ctx,
  event,
  visits,
  contact,
}: {
  ctx: PageContext;
  event: VisitEvent;
  visits: ShownVisit[];
  contact?: boolean;
}) {
  return (
    <Cards>
      {visits.map((visit) => (
        <VisitCard key={visit.id} ctx={ctx} event={event} visit={visit} contact={contact} />
      ))}
    </Cards>
  );
}
