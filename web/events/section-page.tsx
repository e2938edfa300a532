import type { ComponentChildren } from 'preact';
import type { Section } from '../../server/events/completeness.ts';
import type { EventDetails } from '../../server/events/queries.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { AboutFields } from './about-fields.tsx';
import type { Values } from './form-values.ts';
import { OfficeFrame } from './office-frame.tsx';
import { PlacesFields, PricesFields, RegistrationFields } from './registration-fields.tsx';
import { TextsFields } from './texts-fields.tsx';
import { WhenFields, WhereFields } from './when-fields.tsx';

/** What a section lets choose from, beside what is typed. */
export interface SectionChoices {
  networks: { id: string; name: Record<string, string> }[];
  /** Whether it may be in no network. */
  anyNetwork: boolean;
  series: { id: string; name: Record<string, string> }[];
  forms: { id: string; name: Record<string, string> }[];
  organisations: string[];
}

export interface SectionPageProps {
  ctx: PageContext;
  event: EventDetails;
  section: FormSection;
  values: Values;
  choices: SectionChoices;
  errors?: FieldError[];
}

export const FORM_SECTIONS = ['about', 'texts', 'when', 'where', 'registration', 'places', 'prices'] as const;
export type FormSection = Extract<Section, (typeof FORM_SECTIONS)[number]>;

export interface FieldsProps extends SectionPageProps {
  errors: FieldError[];
}

const FIELDS: Record<FormSection, (props: FieldsProps) => ComponentChildren> = {
  about: AboutFields,
  texts: TextsFields,
  when: WhenFields,
  where: WhereFields,
  registration: RegistrationFields,
  places: PlacesFields,
  prices: PricesFields,
};

/** One part of an event, to be changed. */
export function SectionPage(props: SectionPageProps) {
  const { ctx, event, section, errors = [] } = props;
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}`;
  const Fields = FIELDS[section];
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t(`events.section.${section}`)}
      lead={t(`events.section.${section}Lead`)}
      width={section === 'texts' ? 'wide' : 'text'}
      errors={errors}
    >
      <PostForm action={`${path}/${section}`}>
        <Fields {...props} errors={errors} />
        <ButtonRow>
          <Button>{t('events.office.save')}</Button>
          <ButtonLink kind="quiet" href={path}>
            {t('events.office.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </OfficeFrame>
  );
}
