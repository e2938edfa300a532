import type { Missing } from '../../server/events/completeness.ts';
import type { EventDetails } from '../../server/events/queries.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { MissingList } from './missing-list.tsx';
import { OfficeFrame } from './office-frame.tsx';

export interface PublicationPageProps {
  ctx: PageContext;
  event: EventDetails;
  items: Missing[];
  errors?: FieldError[];
}

/** What is still missing, and, where nothing keeps it back, the button that publishes. */
export function PublicationPage({ ctx, event, items, errors = [] }: PublicationPageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}`;
  const blocking = items.filter((item) => item.blocks);
  const advice = items.filter((item) => !item.blocks);
  return (
    <OfficeFrame ctx={ctx} event={event} title={t('events.publication.title')} width="text" errors={errors}>
      {blocking.length > 0 ? (
        <>
          <h2>{t('events.publication.blocking')}</h2>
          <MissingList ctx={ctx} slug={event.slug} items={blocking} />
        </>
      ) : (
        <div class="consequence">
          <p>{t('events.publication.consequence')}</p>
        </div>
      )}
      {advice.length > 0 && (
        <>
          <h2>{t('events.publication.advice')}</h2>
          <MissingList ctx={ctx} slug={event.slug} items={advice} />
        </>
      )}
      {event.cancelledAt && <Notice kind="warning">{t('events.page.cancelled')}</Notice>}
      {blocking.length === 0 ? (
        <PostForm action={`${path}/publication`}>
          <ButtonRow>
            <Button>{t('events.publication.go')}</Button>
            <ButtonLink kind="quiet" href={`/events/${event.slug}`}>
              {t('events.office.preview')}
            </ButtonLink>
          </ButtonRow>
        </PostForm>
      ) : (
        <ButtonRow>
          <ButtonLink kind="secondary" href={path}>
            {t('events.office.back')}
          </ButtonLink>
        </ButtonRow>
      )}
    </OfficeFrame>
  );
}
