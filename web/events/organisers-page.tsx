import type { Organiser } from '../../server/events/organisers.ts';
import type { EventDetails } from '../../server/events/queries.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Happened } from '../ui/when.tsx';
import { text, type Values } from './form-values.ts';
import { OfficeFrame } from './office-frame.tsx';

export interface OrganisersPageProps {
  ctx: PageContext;
  event: EventDetails;
  organisers: Organiser[];
  mayAppoint: boolean;
  typed?: Values;
  errors?: FieldError[];
}

/** Who runs this event beside the secretariat and the network's coordinators. */
export function OrganisersPage({ ctx, event, organisers, mayAppoint, typed = {}, errors = [] }: OrganisersPageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/organisers`;
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('events.office.tab.organisers')}
      lead={t('events.organisers.lead')}
      tab="organisers"
      errors={errors}
    >
      {organisers.length === 0 ? (
        <EmptyState title={t('events.organisers.none')} />
      ) : (
        <Table
          ctx={ctx}
          caption={t('events.office.tab.organisers')}
          captionUnseen
          rows={organisers}
          rowKey={(organiser) => organiser.id}
          columns={[
            { key: 'name', words: t('events.organisers.name'), cell: (organiser) => organiser.name },
            { key: 'email', words: t('events.organisers.email'), cell: (organiser) => organiser.email ?? '–' },
            {
              key: 'since',
              words: t('events.organisers.since'),
              cell: (organiser) => <Happened ctx={ctx} at={organiser.grantedAt} style="date" />,
            },
            ...(mayAppoint
              ? [
                  {
                    key: 'actions',
                    words: t('events.languages.actions'),
                    cell: (organiser: Organiser) => (
                      <ButtonLink
                        href={`${path}/${organiser.id}/removal`}
                        kind="quiet"
                        small
                        label={t('events.organisers.removeOf', { name: organiser.name })}
                      >
                        {t('events.organisers.remove')}
                      </ButtonLink>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {mayAppoint && (
        <>
          <h2>{t('events.organisers.add')}</h2>
          <PostForm action={path}>
            <TextInput
              ctx={ctx}
              errors={errors}
              name="email"
              type="email"
              value={text(typed, 'email')}
              label={t('events.organisers.email')}
              required
              maxlength={254}
              size="medium"
              autocomplete="off"
            />
            <TextInput
              ctx={ctx}
              errors={errors}
              name="name"
              value={text(typed, 'name')}
              label={t('events.organisers.name')}
              hint={t('events.organisers.nameHint')}
              maxlength={200}
              size="medium"
              autocomplete="off"
            />
            <Button kind="secondary">{t('events.organisers.add')}</Button>
          </PostForm>
        </>
      )}
    </OfficeFrame>
  );
}
