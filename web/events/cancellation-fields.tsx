import type { EventDetails } from '../../server/events/queries.ts';
import type { FieldError, PageContext } from '../page.ts';
import { TextMapField } from '../ui/text-map-field.tsx';
import { map, type Values } from './form-values.ts';
import { languagesOf } from './texts-fields.tsx';

/** Why it is cancelled, in the event's languages: it stands in the mails and on the page. */
export function CancellationFields({
  ctx,
  event,
  values,
  errors,
}: {
  ctx: PageContext;
  event: EventDetails;
  values: Values;
  errors: FieldError[];
}) {
  return (
    <TextMapField
      ctx={ctx}
      errors={errors}
      name="reason"
      value={map(values, 'reason')}
      languages={languagesOf(event)}
      label={ctx.t('events.cancellation.reason')}
      rows={3}
    />
  );
}
