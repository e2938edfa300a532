import type { EventDetails } from '../../server/events/queries.ts';
import type { Visit } from '../../server/study-visits/queries.ts';
import { map, text, type Values } from '../events/form-values.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Exports } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { visitTitle } from './visit-details.tsx';

export interface OfficeVisitPageProps {
  ctx: PageContext;
  event: EventDetails;
  visit: Visit;
  values: Values;
  /** Names that may be meant. */
  organisations: string[];
  errors?: FieldError[] | undefined;
}

/** One visit as its organiser writes it, and the list that its host gets. */
export function OfficeVisitPage({ ctx, event, visit, values, organisations, errors }: OfficeVisitPageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}`;
  const field = (name: string) => ({ ctx, name, errors, value: text(values, name) });
  const texts = (name: string) => ({ ctx, name, errors, value: map(values, name), languages: event.languages });
  const number = { inputmode: 'numeric', size: 'short' } as const;
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={visitTitle(ctx, event, visit)}
      tab="visits"
      width="text"
      errors={errors}
      actions={<Exports ctx={ctx} path={`${path}/visits/${visit.id}/people`} label={t('studyVisits.office.list')} />}
    >
      <ButtonRow>
        <ButtonLink kind="secondary" href={`${path}/programme/sessions/${visit.id}`}>
          {t('studyVisits.office.session')}
        </ButtonLink>
      </ButtonRow>
      <PostForm action={`${path}/visits/${visit.id}`}>
        <TextInput {...field('places')} {...number} label={t('studyVisits.office.places')} required />
        <TextInput {...field('minimum')} {...number} label={t('studyVisits.office.minimumLabel')} />
        <TextInput {...field('kept')} {...number} label={t('studyVisits.office.kept')} />
        <TextMapField {...texts('meetingPoint')} label={t('studyVisits.fact.meetingPoint')} maxlength={500} />
        <TextMapField {...texts('accessibility')} label={t('studyVisits.fact.accessibility')} maxlength={2000} rows={3} />
        <TextMapField {...texts('itinerary')} label={t('studyVisits.fact.itinerary')} maxlength={5000} rows={6} />
        <TextInput {...field('host')} label={t('studyVisits.office.hostOrganisation')} list="hosts" />
        <datalist id="hosts">
          {organisations.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <TextInput {...field('hostName')} label={t('studyVisits.office.hostName')} />
        <TextInput {...field('hostEmail')} type="email" label={t('studyVisits.office.hostEmail')} />
        <TextInput {...field('hostPhone')} type="tel" label={t('studyVisits.office.hostPhone')} />
        <Button>{t('studyVisits.office.save')}</Button>
      </PostForm>
    </OfficeFrame>
  );
}
