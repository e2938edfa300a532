import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EditEntryPage } from '../../web/calls/edit-entry-page.tsx';
import { EntryTextsPage } from '../../web/calls/entry-texts-page.tsx';
import { translator } from '../../web/locales/translate.ts';
import { type FieldError, Invalid, NotFound, Refused } from '../errors.ts';
import { parseDefinition } from '../forms/definition.ts';
import { own } from '../forms/own.ts';
import { versionDefinition } from '../forms/queries.ts';
import { withRepetition } from '../forms/repetition.ts';
import { readForm } from '../forms/uploads.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { fieldErrors } from '../http/problems.ts';
import { signedIn } from '../http/viewer.ts';
import { fieldsOf } from './content.ts';
import { contentFrom, EditConflict, type Saved, saveEntry } from './entries.ts';
import { type FoundEntry, ownEntry } from './found-entry.ts';
import { EntryWrite } from './input.ts';
import { isWritable } from './rules.ts';

type ById = { Params: { id: string } };
type ByLanguage = { Params: { id: string; language: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;

/** Where an entry is written: its form in the main language, its texts in the others. Saved as it is typed, and by a button. */
export function writingRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  const definitionFor = async (found: FoundEntry) =>
    found.call.formVersionId ? parseDefinition((await versionDefinition(db, found.call.formVersionId)).definition) : null;

  async function showForm(request: FastifyRequest, reply: FastifyReply, again?: Again): Promise<FastifyReply> {
    const found = await writable(request);
    const { call, entry } = found;
    const values = again?.values ?? { ...contentFrom(entry) };
    const version = again?.version ?? entry.version;
    const page = (
      <EditEntryPage
        ctx={pageContext(request)}
        call={call}
        entry={entry}
        definition={await definitionFor(found)}
        values={values}
        version={version}
        errors={again?.errors}
      />
    );
    return sendPage(reply, page, again?.status ?? 200);
  }

  async function showTexts(request: FastifyRequest, reply: FastifyReply, language: string, again?: Again): Promise<FastifyReply> {
    const found = await writable(request);
    const { call, entry } = found;
    if (!call.languages.includes(language) || language === entry.language) throw new NotFound();
    const values = again?.values ?? { title: entry.title, summary: entry.summary, texts: entry.translations[language] ?? {} };
    const page = (
      <EntryTextsPage
        ctx={pageContext(request)}
        call={call}
        entry={entry}
        definition={await definitionFor(found)}
        values={values}
        version={again?.version ?? entry.version}
        language={language}
        errors={again?.errors}
      />
    );
    return sendPage(reply, page, again?.status ?? 200);
  }

  async function writable(request: FastifyRequest): Promise<FoundEntry> {
    const found = await ownEntry(request, (request.params as { id: string }).id);
    if (!isWritable(found.entry, clock())) throw new Refused('entry-not-writable');
    return found;
  }

  app.get<ById>('/entries/:id/edit', person, (request, reply) => showForm(request, reply));
  app.get<ByLanguage>('/entries/:id/texts/:language', person, (request, reply) =>
    showTexts(request, reply, request.params.language),
  );

  app.post<ById>('/entries/:id/edit', person, async (request, reply) => {
    const found = await writable(request);
    const definition = await definitionFor(found);
    const { body, problems } = definition ? await readForm(request, definition) : { body: request.body, problems: [] };
    const values = asRecord(body);
    const repeated = definition && withRepetition(body, asRecord(values.answers), 'answers');
    if (repeated)
      return showForm(request, reply, { values: { ...values, answers: repeated }, version: Number(values.version), status: 200 });
    const write = {
      version: values.version,
      title: values.title,
      summary: values.summary,
      answers: values.answers,
      ...(found.call.themes.length > 0 ? { theme: values.theme ?? null } : {}),
      ...(found.call.modalities.length > 0 ? { modality: values.modality ?? null } : {}),
      // A box that is not ticked is not sent; what says that all of the form came is the hidden field.
      ...(values.whole ? { mayPublish: values.mayPublish ?? false, languages: [own(values, 'languages') ?? []].flat() } : {}),
    };
    return keep(request, reply, write, problems, `/entries/${found.entry.id}/edit`, (again) =>
      showForm(request, reply, { ...again, values }),
    );
  });

  app.post<ByLanguage>('/entries/:id/texts/:language', person, async (request, reply) => {
    const { language } = request.params;
    const { entry } = await writable(request);
    const values = asRecord(request.body);
    const write = {
      version: values.version,
      title: values.title,
      summary: values.summary,
      translations: { [language]: asRecord(values.texts) },
    };
    return keep(request, reply, write, [], `/entries/${entry.id}/texts/${language}`, (again) =>
      showTexts(request, reply, language, {
        ...again,
        values,
        errors: again.errors?.map((error) => ({ ...error, path: error.path.replace(`translations.${language}.`, 'texts.') })),
      }),
    );
  });

  /** Saves; a program of the page hears it in JSON, a person sees the page again with what is to be mended, or with a word of thanks. */
  async function keep(
    request: FastifyRequest,
    reply: FastifyReply,
    body: unknown,
    uploads: FieldError[],
    to: string,
    again: (again: Omit<Again, 'values'>) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const quiet = request.headers.accept?.startsWith('application/json') ?? false;
    try {
      const saved: Saved = await saveEntry(
        db,
        signedIn(request),
        (request.params as { id: string }).id,
        parse(EntryWrite, body),
        clock(),
      );
      if (quiet) return await reply.send({ version: saved.version });
      const problems = [...saved.problems, ...uploads];
      if (problems.length === 0) return await goOn(reply, to, 'saved');
      return await again({ version: saved.version, status: 422, errors: fieldErrors(new Invalid(problems), request.language) });
    } catch (error) {
      if (error instanceof EditConflict) {
        if (quiet) return reply.code(409).send({ code: error.code });
        return again({ version: error.theirs.version, status: 409, errors: conflictInWords(request, error) });
      }
      if (!(error instanceof Invalid) || quiet) throw error;
      const { version } = asRecord(body);
      return again({ version: Number(version) || 1, status: 422, errors: fieldErrors(error, request.language) });
    }
  }
}

interface Again {
  values: Record<string, unknown>;
  version: number;
  status: number;
  errors?: { path: string; message: string }[];
}

/** Each field that somebody else changed meanwhile, with what they wrote: nothing of either is lost. */
function conflictInWords(request: FastifyRequest, { fields, theirs }: EditConflict): { path: string; message: string }[] {
  const t = translator(request.language);
  const there = fieldsOf(contentFrom(theirs));
  return fields.map((path) => {
    const value = there.get(path);
    const text = typeof value === 'string' ? value : value === undefined || value === null ? '–' : JSON.stringify(value);
    return { path, message: t('entries.edit.theirs', { by: theirs.changedBy ?? '–', text }) };
  });
}

const asRecord = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
