import type { Db } from '../../db/database.ts';
import { readIn } from '../../web/locales/text-map.ts';
import { organisationNames } from '../events/hosts.ts';
import { parseDefinition } from '../forms/definition.ts';
import { versionDefinition } from '../forms/queries.ts';
import { applicationForms, type CallDetails } from './queries.ts';

/** What the sections of a call choose from: series, events, forms, cities, and the dates that its form asks for. */
export async function sectionChoices(db: Db, call: CallDetails, language: string) {
  const [series, events, forms, organisations, version] = await Promise.all([
    db.selectFrom('series').select(['id', 'name']).orderBy('slug').limit(200).execute(),
    db.selectFrom('events').select(['id', 'title']).orderBy('starts_at', 'desc').limit(200).execute(),
    applicationForms(db),
    organisationNames(db),
    call.formVersionId ? versionDefinition(db, call.formVersionId) : null,
  ]);
  const definition = version && parseDefinition(version.definition);
  const dates = (definition?.pages ?? []).flatMap((page) =>
    page.items.flatMap((item) =>
      item.type === 'date'
        ? [{ key: item.key, label: readIn(item.label, [language], definition?.defaultLanguage)?.text ?? item.key }]
        : [],
    ),
  );
  return { series, events, forms, organisations, dates };
}
