import type { ActivityWriting } from '../../server/activities/queries.ts';
import { map, text, type Values } from '../events/form-values.ts';
import { Layout } from '../layout.tsx';
import { LANGUAGES } from '../locales/languages.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { FileInput } from '../ui/file-input.tsx';
import { ZoneSelect } from '../ui/place-select.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { Standing } from './city-activities-page.tsx';

interface Props {
  ctx: PageContext;
  cities: { id: string; name: string; zone: string; languages: string[] }[];
  values: Values;
  errors: FieldError[];
  /** What is changed; undefined for a new one. */
  activity?: ActivityWriting;
}

/** The form of an activity. */
export function EditActivityPage({ ctx, cities, values, errors, activity }: Props) {
  const { t } = ctx;
  const city = cities.find(({ id }) => id === text(values, 'organisationId')) ?? cities[0];
  const zone = text(values, 'zone') || city?.zone || ctx.zone;
  // The city's own languages first, then those of the house.
  const languages = [...new Set([...(city?.languages ?? []), ...LANGUAGES])].slice(0, 8);
  const field = (name: string) => ({ ctx, name, errors, value: text(values, name) });
  const path = activity ? `/city-activities/${activity.id}` : '/city-activities/new';
  return (
    <Layout
      ctx={ctx}
      title={t(activity ? 'activities.edit' : 'activities.new')}
      lead={t('activities.editLead')}
      width="text"
      errors={errors}
      breadcrumbs={[{ words: t('activities.own.title'), href: '/city-activities' }]}
    >
      {activity && (
        <p>
          <Standing ctx={ctx} activity={activity} />
        </p>
      )}
      <PostForm
        action={path}
        multipart
        hidden={{
          pictureId: text(values, 'pictureId') || undefined,
          organisationId: !activity && cities.length === 1 ? city?.id : undefined,
        }}
      >
        {!activity && cities.length > 1 && (
          <Select
            {...field('organisationId')}
            label={t('activities.city')}
            options={cities.map(({ id, name }) => ({ value: id, words: name }))}
            value={city?.id}
            required
          />
        )}
        <TextMapField
          ctx={ctx}
          name="title"
          errors={errors}
          label={t('activities.what')}
          value={map(values, 'title')}
          languages={languages}
          maxlength={200}
          required
        />
        <TextMapField
          ctx={ctx}
          name="description"
          errors={errors}
          label={t('activities.description')}
          hint={t('activities.descriptionHint')}
          value={map(values, 'description')}
          languages={languages}
          rows={4}
          maxlength={5000}
        />
        <ZoneSelect {...field('zone')} value={zone} label={t('events.field.zone')} required />
        <DateTimeInput {...field('starts')} label={t('events.field.starts')} zone={zone} required />
        <DateTimeInput {...field('ends')} label={t('events.field.ends')} zone={zone} required />
        <TextInput {...field('place')} label={t('activities.where')} maxlength={300} />
        <TextInput {...field('latitude')} label={t('activities.latitude')} hint={t('activities.latitudeHint')} size="short" />
        <TextInput {...field('longitude')} label={t('activities.longitude')} size="short" />
        <TextInput {...field('url')} label={t('activities.link')} type="url" maxlength={2000} />
        <FileInput
          ctx={ctx}
          name="picture"
          errors={errors}
          label={t('activities.picture')}
          accept="image/*"
          maxBytes={5_000_000}
        />
        {text(values, 'pictureId') && (
          <Checkbox ctx={ctx} name="pictureGone" label={t('activities.pictureGone')} checked={false} />
        )}
        <Button>{t('activities.send')}</Button>
      </PostForm>
      {activity && (
        <PostForm action={`${path}/withdrawal`} inline label={t('activities.withdraw')}>
          <Button kind="danger">{t('activities.withdraw')}</Button>
        </PostForm>
      )}
    </Layout>
  );
}
