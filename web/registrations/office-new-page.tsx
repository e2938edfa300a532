import type { EventDetails } from '../../server/events/queries.ts';
import type { PersonRow } from '../../server/organisations/people.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { languageName } from '../locales/format.ts';
import { LANGUAGES } from '../locales/languages.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** The organiser registers somebody by hand. */
export function OfficeNewPage({
  ctx,
  event,
  organisations,
  typed,
  q,
  found,
  person,
  errors,
}: {
  ctx: PageContext;
  event: EventDetails;
  organisations: string[];
  /** What was searched among the people who are known, and who was found. */
  q: string | undefined;
  found: PersonRow[];
  /** Who was chosen of them. */
  person: PersonRow | undefined;
  typed: Record<string, string | undefined>;
  errors: FieldError[];
}) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/registrations`;
  const common = { ctx, errors };
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('registrationsOffice.new.title')}
      lead={t('registrationsOffice.new.lead')}
      width="text"
      errors={errors}
    >
      {!person && <Known ctx={ctx} path={`${path}/new`} q={q} found={found} />}
      <PostForm action={`${path}/new`}>
        {person ? (
          <>
            <input type="hidden" name="personId" value={person.id} />
            <DefinitionList
              facts={[
                { term: t('registrationsOffice.list.name'), value: person.name },
                person.email !== null && { term: t('registrationsOffice.list.email'), value: person.email },
              ]}
            />
            <p>
              <a href={`${path}/new`}>{t('registrationsOffice.new.somebodyElse')}</a>
            </p>
          </>
        ) : (
          <Newcomer {...common} typed={typed} />
        )}
        <TextInput
          {...common}
          name="organisation"
          label={t('registrationsOffice.list.organisation')}
          hint={t('registrationsOffice.new.organisationHint')}
          value={typed.organisation ?? person?.affiliations[0]?.organisation.name}
          list="organisations"
        />
        <datalist id="organisations">
          {organisations.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Select
          {...common}
          name="category"
          label={t('registrationsOffice.list.category')}
          value={typed.category}
          required
          options={event.categories.map(({ key, name }) => ({
            value: key,
            words: textIn(name, [ctx.language], event.defaultLanguage) || key,
          }))}
        />
        <ButtonRow>
          <Button>{t('registrationsOffice.new.send')}</Button>
          <ButtonLink kind="quiet" href={path}>
            {t('ui.confirm.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </OfficeFrame>
  );
}

type Common = { ctx: PageContext; errors: FieldError[] };

function Newcomer({ typed, ...common }: Common & { typed: Record<string, string | undefined> }) {
  const { ctx } = common;
  const { t } = ctx;
  return (
    <>
      <TextInput {...common} name="name" label={t('registrationsOffice.list.name')} value={typed.name} maxlength={200} required />
      <TextInput
        {...common}
        name="email"
        type="email"
        label={t('registrationsOffice.list.email')}
        value={typed.email}
        maxlength={254}
      />
      <Select
        {...common}
        name="language"
        label={t('registrationsOffice.list.language')}
        value={typed.language ?? ctx.language}
        options={LANGUAGES.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }))}
        size="medium"
        unmarked
      />
    </>
  );
}

/** People who are known already: whoever is chosen is registered as they are, and gets no second entry. */
function Known({ ctx, path, q, found }: { ctx: PageContext; path: string; q: string | undefined; found: PersonRow[] }) {
  const { t } = ctx;
  return (
    <section aria-labelledby="known">
      <h2 id="known">{t('registrationsOffice.new.known')}</h2>
      <form method="get" action={path} class="filters">
        <TextInput
          ctx={ctx}
          name="q"
          type="search"
          label={t('registrationsOffice.new.search')}
          value={q}
          maxlength={100}
          unmarked
        />
        <Button kind="secondary">{t('registrationsOffice.new.find')}</Button>
      </form>
      {q && found.length === 0 && <p>{t('registrationsOffice.new.nobody')}</p>}
      {found.length > 0 && (
        <ul>
          {found.map(({ id, name, email, affiliations }) => (
            <li key={id}>
              <a href={`${path}?person=${id}`}>{name}</a>
              {[email, affiliations[0]?.organisation.name].filter(Boolean).map((words) => ` · ${words}`)}
            </li>
          ))}
        </ul>
      )}
      <h2>{t('registrationsOffice.new.newcomer')}</h2>
    </section>
  );
}
