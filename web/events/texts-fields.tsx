import { TextMapField } from '../ui/text-map-field.tsx';
import { map } from './form-values.ts';
import type { FieldsProps } from './section-page.tsx';

/** Title, summary and description, the languages side by side. */
export function TextsFields({ ctx, event, values, errors }: FieldsProps) {
  const { t } = ctx;
  const field = (name: string) => ({ ctx, errors, name, value: map(values, name), languages: languagesOf(event) });
  return (
    <>
      <p>
        <a href={`/back-office/events/${event.slug}/languages`}>{t('events.texts.languages')}</a>
      </p>
      <TextMapField {...field('title')} label={t('events.field.title')} maxlength={200} required />
      <TextMapField
        {...field('summary')}
        label={t('events.field.summary')}
        hint={t('events.field.summaryHint')}
        rows={3}
        unmarked
      />
      <TextMapField
        {...field('description')}
        label={t('events.field.description')}
        hint={t('events.field.descriptionHint')}
        rows={14}
        unmarked
      />
    </>
  );
}

/** The languages of the content, the main one first. */
export function languagesOf(event: { languages: readonly string[]; defaultLanguage: string }): string[] {
  return [event.defaultLanguage, ...event.languages.filter((tag) => tag !== event.defaultLanguage)];
}
