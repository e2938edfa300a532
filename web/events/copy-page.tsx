import type { EventDetails } from '../../server/events/queries.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { OfficeFrame } from './office-frame.tsx';

export interface CopyPageProps {
  ctx: PageContext;
  event: EventDetails;
  starts: string;
  errors?: FieldError[];
}

/** The next edition: what is taken over, and the one thing to say: when it begins. */
export function CopyPage({ ctx, event, starts, errors = [] }: CopyPageProps) {
  const { t } = ctx;
  return (
    <OfficeFrame ctx={ctx} event={event} title={t('events.copy.title')} lead={t('events.copy.lead')} width="text" errors={errors}>
      <PostForm action={`/back-office/events/${event.slug}/copies`}>
        <DateTimeInput
          ctx={ctx}
          errors={errors}
          name="starts"
          value={starts}
          zone={event.zone}
          label={t('events.copy.starts')}
          hint={t('events.copy.hint')}
          required
        />
        <ButtonRow>
          <Button>{t('events.copy.go')}</Button>
          <ButtonLink kind="quiet" href={`/back-office/events/${event.slug}`}>
            {t('events.office.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </OfficeFrame>
  );
}
