import type { ComponentChildren } from 'preact';
import type { PlacesLeft } from '../../server/registrations/delegation-queries.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Steps } from '../ui/tabs.tsx';
import { type EventLine, eventCrumb, eventTitle } from './event-line.tsx';

/** What every page about a delegation knows. */
export interface DelegationSetting {
  ctx: PageContext;
  event: EventLine & { waitingList: boolean; approval: boolean; lateFrom: Temporal.Instant | null };
  organisation: { id: string; slug: string; name: string; country: string };
  /** `/events/<slug>/delegations/<organisation>` */
  base: string;
  left: PlacesLeft;
}

/** One step of registering a delegation. */
export function DelegationStep({
  setting,
  step,
  title,
  errors,
  head,
  children,
}: {
  setting: DelegationSetting;
  /** From 0. */
  step: 0 | 1 | 2;
  title: string;
  errors?: FieldError[];
  head?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { ctx, event, organisation, base } = setting;
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={title}
      kicker={`${organisation.name} · ${eventTitle(ctx, event)}`}
      width="text"
      errors={errors}
      breadcrumbs={[
        eventCrumb(ctx, event),
        { words: t('registrations.delegation.of', { organisation: organisation.name }), href: base },
      ]}
      head={head}
    >
      <Steps
        ctx={ctx}
        steps={[t('registrations.step.people'), t('registrations.step.details'), t('registrations.step.review')]}
        current={step}
      />
      {children}
    </Layout>
  );
}
