import type { Mailing } from '../../server/mailings/queries.ts';
import type { Readiness } from '../../server/mailings/readiness.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { Checkbox, RadioList } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Check } from './mailing-page.tsx';
import { crumbs, HOME } from './words.ts';

/** When a mailing goes out: now, at a moment, in each one's own morning, or by the days of its event. */
export function SchedulePage({
  ctx,
  mailing,
  readiness,
  values,
  errors = [],
}: {
  ctx: PageContext;
  mailing: Mailing;
  readiness: Readiness;
  values: Record<string, string>;
  errors?: FieldError[];
}) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} width="text" title={t('mailings.page.doSchedule')} errors={errors} breadcrumbs={crumbs(ctx, mailing)}>
      <Check ctx={ctx} mailing={mailing} readiness={readiness} />
      <PostForm action={`${HOME}/${mailing.id}/schedule`}>
        <RadioList
          ctx={ctx}
          name="schedule"
          label={t('mailings.schedule.how')}
          required
          value={values.schedule ?? 'morning'}
          options={(['morning', 'moment', 'now'] as const).map((one) => ({ value: one, words: t(`mailings.schedule.${one}`) }))}
          errors={errors}
        />
        <DateTimeInput
          ctx={ctx}
          name="planned"
          zone={mailing.event?.zone ?? mailing.zone}
          label={t('mailings.schedule.planned')}
          value={values.planned}
          unmarked
          errors={errors}
        />
        {mailing.event && (
          <>
            <TextInput
              ctx={ctx}
              name="offsetDays"
              size="short"
              label={t('mailings.schedule.offset')}
              hint={t('mailings.schedule.offsetHint')}
              value={values.offsetDays}
              unmarked
              errors={errors}
            />
            <Select
              ctx={ctx}
              name="offsetFrom"
              label={t('mailings.schedule.from')}
              value={values.offsetFrom ?? 'start'}
              unmarked
              options={(['start', 'end'] as const).map((one) => ({ value: one, words: t(`mailings.schedule.${one}`) }))}
              errors={errors}
            />
            <TextInput
              ctx={ctx}
              name="time"
              size="short"
              label={t('mailings.schedule.time')}
              value={values.time ?? '09:00'}
              unmarked
              errors={errors}
            />
          </>
        )}
        <Checkbox
          ctx={ctx}
          name="quietHours"
          label={t('mailings.schedule.quiet')}
          checked={values.quietHours !== ''}
          errors={errors}
        />
        <ButtonRow>
          <Button>{t('mailings.schedule.go')}</Button>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
