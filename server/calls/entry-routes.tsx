import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EntryPreviewPage } from '../../web/calls/entry-preview-page.tsx';
import { OwnEntriesPage } from '../../web/calls/own-entries-page.tsx';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import { TextArea } from '../../web/ui/text-area.tsx';
import { NotFound } from '../errors.ts';
import { id as anId } from '../fields.ts';
import { filesByIds } from '../forms/queries.ts';
import { sendFile } from '../forms/uploads.ts';
import { type FormError, orAgain } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { addAuthor, endorse, removeAuthor } from './authors.ts';
import { drawEntry } from './entry-drawn.tsx';
import { entryPdf } from './entry-pdf.ts';
import { ownEntries, submissionsOf } from './entry-queries.ts';
import { ownEntry, visibleEntry } from './found-entry.ts';
import { AuthorWrite, EndorsementWrite, WithdrawalWrite } from './input.ts';
import { definitionOf } from './judged.ts';
import { receiptOf } from './receipt.ts';
import { submitEntry, withdrawEntry } from './submission.ts';

type ById = { Params: { id: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;

/** An entry's own pages, for those who write it. */
export function entryRoutes(app: FastifyInstance): void {
  const { system } = app;
  const { db, clock, storage } = system;

  app.get('/entries', person, async (request, reply) =>
    sendPage(reply, <OwnEntriesPage ctx={pageContext(request)} entries={await ownEntries(db, signedIn(request))} />),
  );

  app.get<ById>('/entries/:id', person, async (request, reply) => {
    const { entry } = await visibleEntry(request, request.params.id);
    return sendPage(reply, await drawEntry(request, entry.id));
  });

  app.get<ById>('/entries/:id/preview', person, async (request, reply) => {
    const { entry, call } = await visibleEntry(request, request.params.id);
    const definition = await definitionOf(db, entry, call);
    return sendPage(
      reply,
      <EntryPreviewPage
        ctx={pageContext(request)}
        call={call}
        entry={entry}
        definition={definition}
        filesAt={`/entries/${entry.id}/files`}
      />,
    );
  });

  app.get<{ Params: { id: string; file: string } }>('/entries/:id/files/:file', person, async (request, reply) => {
    const { entry } = await visibleEntry(request, request.params.id);
    const [file] = await filesByIds(db, [parse(anId, request.params.file)]);
    if (!file || file.ownerKind !== 'entry' || file.ownerId !== entry.id) throw new NotFound();
    return sendFile(reply, storage, file);
  });

  app.get<ById>('/entries/:id/receipt.json', person, async (request, reply) => {
    const { entry, call } = await visibleEntry(request, request.params.id);
    return reply
      .header('content-disposition', `attachment; filename="${entry.code}.json"`)
      .header('cache-control', 'private, no-store')
      .send(await receiptOf(system, call, entry));
  });

  app.get<ById>('/entries/:id/receipt.pdf', person, async (request, reply) => {
    const { entry, call } = await visibleEntry(request, request.params.id);
    const [definition, [last]] = await Promise.all([definitionOf(db, entry, call), submissionsOf(db, entry.id)]);
    const submission = last
      ? { number: last.number, at: last.submittedAt, hash: last.contentHash, late: last.late, by: last.by }
      : null;
    const installation = system.config.installationName;
    const pdf = await entryPdf({ call, entry, definition, submission, language: request.language, installation, now: clock() });
    return reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="${entry.code}.pdf"`)
      .header('cache-control', 'private, no-store')
      .send(pdf);
  });

  /** Runs an act of the page's own; what the person can mend is said on the page. */
  const act = (path: string, done: string, work: (request: FastifyRequest, id: string) => Promise<void>) =>
    app.post<ById>(path, person, async (request, reply): Promise<FastifyReply> => {
      const { entry } = await ownEntry(request, request.params.id);
      return orAgain(
        request,
        async () => {
          await work(request, entry.id);
          return goOn(reply, `/entries/${entry.id}`, done);
        },
        async (errors, status) => sendPage(reply, await drawEntry(request, entry.id, errors), status),
      );
    });

  act('/entries/:id/submission', 'entrySubmitted', (request, id) => submitEntry(db, signedIn(request), id, clock()));
  act('/entries/:id/authors', 'saved', (request, id) =>
    addAuthor(db, signedIn(request), id, parse(AuthorWrite, request.body), clock()),
  );
  act('/entries/:id/authors/:person/removal', 'saved', (request, id) =>
    removeAuthor(db, signedIn(request), id, parse(anId, (request.params as { person: string }).person)),
  );
  act('/entries/:id/endorsement', 'saved', (request, id) =>
    endorse(db, signedIn(request), id, parse(EndorsementWrite, request.body).as, clock()),
  );
  app.get<ById>('/entries/:id/withdrawal', person, (request, reply) => withdrawal(request, reply, request.params.id));

  app.post<ById>('/entries/:id/withdrawal', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { entry } = await ownEntry(request, request.params.id);
        await withdrawEntry(db, signedIn(request), entry.id, parse(WithdrawalWrite, request.body).reason, clock());
        return goOn(reply, `/entries/${entry.id}`, 'entryWithdrawn');
      },
      (errors, status) => withdrawal(request, reply, request.params.id, errors, status),
    ),
  );

  async function withdrawal(request: FastifyRequest, reply: FastifyReply, id: string, errors: FormError[] = [], status = 200) {
    const { entry, call } = await ownEntry(request, id);
    const ctx = pageContext(request);
    const t = translator(request.language);
    const name = textIn(entry.title, [ctx.language]) || t('entries.untitled', { code: entry.code });
    return sendPage(
      reply,
      <ConfirmPage
        ctx={ctx}
        title={t('entries.withdraw.title')}
        consequence={t('entries.withdraw.consequence', { name, call: textIn(call.title, [ctx.language], call.defaultLanguage) })}
        kept={[t('entries.withdraw.kept')]}
        action={`/entries/${entry.id}/withdrawal`}
        go={t('entries.withdraw.go')}
        back={`/entries/${entry.id}`}
        errors={errors}
      >
        <TextArea ctx={ctx} name="reason" label={t('entries.withdraw.reason')} maxlength={2000} rows={3} errors={errors} />
      </ConfirmPage>,
      status,
    );
  }
}
