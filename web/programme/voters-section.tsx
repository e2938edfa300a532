import type { EventDetails } from '../../server/events/queries.ts';
import type { FoundAssembly } from '../../server/programme/assembly-found.ts';
import { text, type Values } from '../events/form-values.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';

export interface VotersSectionProps {
  ctx: PageContext;
  event: EventDetails;
  assembly: FoundAssembly;
  cities: string[];
  values: Values;
  errors?: FieldError[];
}

/** The cities that may vote: who votes for each, whether they have come, and the form that says so. */
export function VotersSection({ ctx, event, assembly, cities, values, errors = [] }: VotersSectionProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/assembly/voters`;
  const field = (name: string) => ({ ctx, errors, name, value: text(values, name) });
  return (
    <div>
      <h2 id="voters">{t('assembly.voters')}</h2>
      {assembly.voters.length > 0 && (
        <Table
          ctx={ctx}
          caption={t('assembly.voters')}
          captionUnseen
          rows={assembly.voters}
          rowKey={(voter) => voter.organisationId}
          columns={[
            { key: 'city', words: t('assembly.city'), cell: (voter) => voter.name },
            {
              key: 'delegate',
              words: t('assembly.delegate'),
              cell: (voter) => (voter.proxyName ? t('assembly.carriedBy', { city: voter.proxyName }) : (voter.delegate ?? '–')),
            },
            {
              key: 'state',
              words: t('assembly.state'),
              cell: (voter) =>
                voter.proxyTo ? '–' : voter.arrived ? <Tag tone="good">{t('assembly.here')}</Tag> : t('assembly.away'),
            },
            {
              key: 'actions',
              words: t('events.languages.actions'),
              cell: (voter) => (
                <div class="row-actions">
                  {voter.delegateId && !voter.proxyTo && (
                    <PostForm action={`${path}/${voter.organisationId}/arrival${voter.arrived ? '/removal' : ''}`} inline>
                      <Button
                        kind="secondary"
                        small
                        label={t(voter.arrived ? 'assembly.awayOf' : 'assembly.hereOf', { name: voter.name })}
                      >
                        {t(voter.arrived ? 'assembly.away' : 'assembly.here')}
                      </Button>
                    </PostForm>
                  )}
                  <PostForm action={`${path}/${voter.organisationId}/removal`} inline>
                    <Button kind="quiet" small label={t('assembly.removeOf', { name: voter.name })}>
                      {t('assembly.remove')}
                    </Button>
                  </PostForm>
                </div>
              ),
            },
          ]}
        />
      )}
      <PostForm action={`${path}/members`}>
        <ButtonRow>
          <Button kind="secondary">{t('assembly.addMembers')}</Button>
        </ButtonRow>
      </PostForm>
      <PostForm action={path} label={t('assembly.setVoter')}>
        <h3>{t('assembly.setVoter')}</h3>
        <TextInput
          {...field('city')}
          label={t('assembly.city')}
          hint={t('assembly.cityHint')}
          list="cities"
          size="medium"
          required
        />
        <datalist id="cities">
          {cities.map((city) => (
            <option key={city} value={city} />
          ))}
        </datalist>
        <TextInput {...field('name')} label={t('assembly.delegateName')} size="medium" />
        <TextInput {...field('email')} label={t('assembly.delegateEmail')} type="email" size="medium" />
        <Select
          {...field('proxyTo')}
          label={t('assembly.proxyTo')}
          size="medium"
          empty="–"
          options={assembly.voters
            .filter((voter) => voter.proxyTo === null)
            .map((voter) => ({ value: voter.organisationId, words: voter.name }))}
        />
        <ButtonRow>
          <Button kind="secondary">{t('assembly.save')}</Button>
        </ButtonRow>
      </PostForm>
    </div>
  );
}
