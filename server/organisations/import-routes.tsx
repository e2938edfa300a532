import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ImportPage } from '../../web/organisations/import-page.tsx';
import { ImportPreviewPage } from '../../web/organisations/import-preview-page.tsx';
import { id } from '../fields.ts';
import { type FormError, orAgain } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { smallUpload } from '../http/table-file.ts';
import { signedIn } from '../http/viewer.ts';
import { applyImport, createImport, importById } from './imports.ts';

type ById = { Params: { id: string } };
const secretariat = { config: { audience: 'secretariat' }, schema: { hide: true } } as const;
const Application = z.object({ fingerprint: z.string().max(100) });

/** The pages of an import: choose a file, read what it would do, do it. */
export function importRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get('/organisations/imports/new', secretariat, async (request, reply) =>
    sendPage(reply, <ImportPage ctx={pageContext(request)} />),
  );

  app.post('/organisations/imports', secretariat, async (request, reply) =>
    orAgain(
      request,
      async () => {
        const file = await smallUpload(request);
        return goOn(reply, `/organisations/imports/${await createImport(db, signedIn(request), file.name, file.bytes)}`);
      },
      (errors, status) => sendPage(reply, <ImportPage ctx={pageContext(request)} errors={errors} />, status),
    ),
  );

  app.get<ById>('/organisations/imports/:id', secretariat, async (request, reply) => show(request, reply, request.params.id));

  async function show(request: FastifyRequest, reply: FastifyReply, importId: string, errors: FormError[] = [], status = 200) {
    const preview = await importById(db, parse(id, importId));
    return sendPage(reply, <ImportPreviewPage ctx={pageContext(request)} preview={preview} errors={errors} />, status);
  }

  app.post<ById>('/organisations/imports/:id/application', secretariat, async (request, reply) =>
    orAgain(
      request,
      async () => {
        const { fingerprint } = parse(Application, request.body);
        await applyImport(db, signedIn(request), parse(id, request.params.id), clock(), fingerprint);
        return goOn(reply, `/organisations/imports/${request.params.id}`);
      },
      (errors, status) => show(request, reply, request.params.id, errors, status),
    ),
  );
}
