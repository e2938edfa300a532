import type { EventDetails } from '../../server/events/queries.ts';
import type { Programme } from '../../server/programme/programme.ts';
import { map, text, type Values } from '../events/form-values.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { languagesOf } from '../events/texts-fields.tsx';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';

type Division = 'rooms' | 'tracks';

export interface DivisionsPageProps {
  ctx: PageContext;
  event: EventDetails;
  programme: Programme;
  /** What was typed, where (`new` or an id) and in which list, when it has to be shown again. */
  typed?: { division: Division; id: string; values: Values };
  errors?: FieldError[];
}

/** The rooms and the axes of a programme, each with its form. */
export function DivisionsPage(props: DivisionsPageProps) {
  const { ctx, event, errors = [] } = props;
  return (
    <OfficeFrame ctx={ctx} event={event} title={ctx.t('programme.office.divisions')} tab="programme" width="text" errors={errors}>
      {(['rooms', 'tracks'] as const).map((division) => (
        <section key={division} aria-labelledby={division}>
          <h2 id={division}>{ctx.t(`programme.divisions.${division}`)}</h2>
          {props.programme[division].map((one) => (
            <DivisionForm key={one.id} {...props} division={division} id={one.id} values={{ ...one }} />
          ))}
          <h3>{ctx.t(division === 'rooms' ? 'programme.divisions.addRoom' : 'programme.divisions.addTrack')}</h3>
          <DivisionForm {...props} division={division} id="new" values={{}} />
        </section>
      ))}
    </OfficeFrame>
  );
}

function DivisionForm({
  ctx,
  event,
  division,
  id,
  values,
  typed,
  errors = [],
}: DivisionsPageProps & { division: Division; id: string; values: Values }) {
  const { t } = ctx;
  const own = typed?.division === division && typed.id === id;
  const shown = own ? typed.values : values;
  const path = `/back-office/events/${event.slug}/programme/${division}/${id}`;
  const name = textIn(map(values, 'name'), [ctx.language], event.defaultLanguage);
  const add = t(division === 'rooms' ? 'programme.divisions.addRoom' : 'programme.divisions.addTrack');
  // Each form has fields of its own: what stands before the name keeps their ids apart and is taken off by the server.
  const key = `${division}-${id}`;
  return (
    <PostForm action={path} label={name || add}>
      <TextMapField
        ctx={ctx}
        errors={errors}
        languages={languagesOf(event)}
        name={`${key}[name]`}
        value={map(shown, 'name')}
        label={t('programme.field.name')}
        required
        maxlength={100}
      />
      {division === 'rooms' && (
        <TextInput
          ctx={ctx}
          errors={errors}
          name={`${key}[capacity]`}
          value={text(shown, 'capacity')}
          label={t('programme.divisions.capacity')}
          inputmode="numeric"
          size="short"
        />
      )}
      <ButtonRow>
        <Button kind="secondary" label={name ? t('programme.divisions.saveOf', { name }) : undefined}>
          {id === 'new' ? add : t('events.office.save')}
        </Button>
        {id !== 'new' && (
          <Button kind="quiet" formAction={`${path}/removal`} label={t('programme.divisions.removeOf', { name })}>
            {t('programme.divisions.remove')}
          </Button>
        )}
      </ButtonRow>
    </PostForm>
  );
}
