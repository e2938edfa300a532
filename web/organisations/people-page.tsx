import type { Page } from '../../server/http/cursor.ts';
import type { PersonFilter } from '../../server/organisations/input.ts';
import type { PersonRow } from '../../server/organisations/people.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Exports } from '../ui/pager.tsx';
import { queryOf } from '../ui/query.ts';
import { TextInput } from '../ui/text-input.tsx';

export interface PeoplePageProps {
  ctx: PageContext;
  page: Page<PersonRow>;
  filter: PersonFilter;
  cursor: boolean;
}

/** Everybody who is known here. */
export function PeoplePage({ ctx, page, filter, cursor }: PeoplePageProps) {
  const { t } = ctx;
  const query = queryOf(filter);
  return (
    <Layout
      ctx={ctx}
      title={t('organisations.people.title')}
      lead={t('organisations.people.lead')}
      actions={
        <>
          <ButtonLink href="/people/imports/new" kind="secondary">
            {t('organisations.peopleImport.title')}
          </ButtonLink>
          <ButtonLink href="/people/new">{t('organisations.people.new')}</ButtonLink>
        </>
      }
    >
      <form method="get" action="/people" class="filters" role="search" aria-label={t('organisations.list.filters')}>
        <TextInput
          ctx={ctx}
          unmarked
          name="q"
          label={t('organisations.people.search')}
          value={filter.q}
          type="search"
          size="medium"
        />
        <Checkbox ctx={ctx} name="contact" label={t('organisations.people.onlyContacts')} checked={filter.contact === true} />
        <ButtonRow>
          <Button kind="secondary">{t('organisations.list.filter')}</Button>
          <a href="/people">{t('organisations.list.clear')}</a>
        </ButtonRow>
      </form>
      {page.items.length === 0 ? <p class="empty">{t('organisations.people.none')}</p> : <Rows ctx={ctx} people={page.items} />}
      <nav class="pages" aria-label={t('organisations.people.title')}>
        {cursor && <a href={`/people${query && `?${query}`}`}>{t('organisations.list.first')}</a>}{' '}
        {page.next && (
          <a rel="next" href={`/people?${query ? `${query}&` : ''}cursor=${page.next}`}>
            {t('organisations.list.next')}
          </a>
        )}
      </nav>
      <Exports ctx={ctx} path="/people" query={query} />
    </Layout>
  );
}

function Rows({ ctx, people }: { ctx: PageContext; people: PersonRow[] }) {
  const { t } = ctx;
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t('organisations.people.title')}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('organisations.person.name')}</th>
            <th scope="col">{t('organisations.person.email')}</th>
            <th scope="col">{t('organisations.people.organisations')}</th>
            <th scope="col">{t('organisations.people.signedIn')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <a href={`/people/${person.id}`}>{person.name}</a>
              </th>
              <td>{person.email ?? '–'}</td>
              <td>
                <Affiliations ctx={ctx} person={person} />
              </td>
              <td>{person.confirmed ? t('organisations.people.yes') : t('organisations.people.no')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Affiliations({ ctx, person }: { ctx: PageContext; person: PersonRow }) {
  if (person.affiliations.length === 0) return <>–</>;
  return (
    <ul class="plain-list">
      {person.affiliations.map((affiliation) => (
        <li key={affiliation.id}>
          <a href={`/organisations/${affiliation.organisation.slug}`}>{affiliation.organisation.name}</a>
          {affiliation.title && `, ${affiliation.title}`}{' '}
          {affiliation.isContact && <span class="tag">{ctx.t('organisations.person.contact')}</span>}
        </li>
      ))}
    </ul>
  );
}
