import type { FastifyRequest } from 'fastify';
import { EntryPage } from '../../web/calls/entry-page.tsx';
import { languageName } from '../../web/locales/format.ts';
import { readIn } from '../../web/locales/text-map.ts';
import { translateCode, translator } from '../../web/locales/translate.ts';
import type { Definition } from '../forms/definition.ts';
import { placesOf } from '../forms/walk.ts';
import { pageContext } from '../http/pages.tsx';
import { maySignFor } from './access.ts';
import { peopleToName } from './authors.ts';
import { type EntryDetails, versionsOf } from './entry-queries.ts';
import { visibleEntry } from './found-entry.ts';
import { type Check, checkEntry, definitionOf } from './judged.ts';
import { receiptOf } from './receipt.ts';
import { isWritable } from './rules.ts';

/** The page of an entry as it is now, with what was just refused. Errors: NotFound. */
export async function drawEntry(request: FastifyRequest, id: string, errors: { path: string; message: string }[] = []) {
  const { system } = request.server;
  const { db, clock } = system;
  const { entry, call, writes } = await visibleEntry(request, id);
  const now = clock();
  const signs = maySignFor(request.viewer, entry.organisationId);
  const [check, receipt, versions, people, definition] = await Promise.all([
    checkEntry(db, call, entry, now),
    receiptOf(system, call, entry),
    versionsOf(db, entry.id),
    signs ? peopleToName(db, entry.organisationId) : [],
    definitionOf(db, entry, call),
  ]);
  return (
    <EntryPage
      ctx={pageContext(request)}
      call={call}
      entry={entry}
      check={check}
      missing={missingInWords(request, entry, check, definition)}
      shutWords={check.shut && (translateCode(request.language, `refusal.${check.shut}`) ?? check.shut)}
      receipt={receipt}
      versions={versions}
      writable={writes && isWritable(entry, now)}
      signs={signs}
      people={people.map((one) => ({ id: one.id, name: one.knownAs ?? one.name }))}
      // What is missing stands on the page, each with its link: the summary has only what is nothing of that.
      errors={errors.filter((error) => !check.problems.some(({ path }) => path === error.path))}
    />
  );
}

function missingInWords(request: FastifyRequest, entry: EntryDetails, { problems }: Check, definition: Definition | null) {
  const { language } = request;
  const t = translator(language);
  const labels = new Map(
    definition
      ? placesOf(definition).map(({ item }) => [item.key, readIn(item.label, [language], definition.defaultLanguage)?.text])
      : [],
  );
  return problems.map(({ path, code, params }) => {
    const [name = '', key = '', inner = ''] = path.split('.');
    const tag = name === 'translations' ? key : name === 'title' || name === 'summary' ? key : entry.language;
    const label =
      name === 'answers'
        ? (labels.get(key) ?? key)
        : name === 'translations'
          ? (labels.get(inner) ?? inner)
          : t(`entries.field.${name as 'title' | 'summary' | 'theme' | 'modality'}`);
    const where =
      tag === entry.language
        ? `/entries/${entry.id}/edit#${anchor(path)}`
        : `/entries/${entry.id}/texts/${tag}#${anchor(name === 'translations' ? `texts.${inner}` : path)}`;
    const said = translateCode(language, `invalid.${code}`, params) ?? code;
    return { words: `${label}${entry.languages.length > 1 ? ` (${languageName(tag, language)})` : ''}: ${said}`, href: where };
  });
}

const anchor = (path: string) => `f-${path.replace(/[^\p{L}\p{N}]+/gu, '-')}`;
