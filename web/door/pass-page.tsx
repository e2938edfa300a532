import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { type EventLine, eventCrumb, eventFacts, eventTitle } from '../registrations/event-line.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { Qr } from './qr.tsx';

export interface PassPageProps {
  ctx: PageContext;
  event: EventLine;
  name: string;
  organisation: string | null;
  reference: string;
  /** Null: the pass lets nobody in. */
  code: { path: string; size: number } | null;
  /** Why not, in words. */
  refusal: string | null;
  /** Where whoever keeps the door checks them in. */
  door: string | null;
}

/** A pass: on the phone and on paper. */
export function PassPage({ ctx, event, name, organisation, reference, code, refusal, door }: PassPageProps) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={name}
      kicker={`${t('door.pass.title')} · ${eventTitle(ctx, event)}`}
      width="text"
      breadcrumbs={[eventCrumb(ctx, event)]}
      head={<meta name="robots" content="noindex" />}
    >
      {refusal && <Notice kind="error">{t('door.pass.void', { why: refusal })}</Notice>}
      {door && (
        <p>
          <ButtonLink href={door}>{t('door.pass.checkIn')}</ButtonLink>
        </p>
      )}
      {code && (
        <figure class="pass">
          <Qr code={code} words={t('door.pass.alt')} />
          <figcaption>{t('door.pass.hint')}</figcaption>
        </figure>
      )}
      <DefinitionList
        facts={[
          ...eventFacts(ctx, event),
          organisation !== null && { term: t('registrations.fact.organisation'), value: organisation },
          { term: t('registrationsOffice.list.reference'), value: reference },
        ]}
      />
    </Layout>
  );
}
