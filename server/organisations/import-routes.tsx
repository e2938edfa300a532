import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ImportPage } from '../../web/organisations/import-page.tsx';
import { ImportPreviewPage, type ShownImport } from '../../web/organisations/import-preview-page.tsx';
import { id } from '../fields.ts';
import { type FormError, orAgain } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { smallUpload } from '../http/table-file.ts';
import { signedIn } from '../http/viewer.ts';
import { type AnyPlan, applyImport, createImport, type ImportKind, importById } from './import-store.ts';
import { CITIES } from './imports.ts';
import { PEOPLE } from './people-imports.ts';

type ById = { Params: { id: string } };
const secretariat = { config: { audience: 'secretariat' }, schema: { hide: true } } as const;
const Application = z.object({ fingerprint: z.string().max(100) });

/** The pages of imports, of organisations and of people: choose a file, read what it would do, do it. */
export function importRoutes(app: FastifyInstance): void {
  pagesOf(app, CITIES);
  pagesOf(app, PEOPLE);
}

function pagesOf<Row, Plan extends AnyPlan & NonNullable<ShownImport['plan']>, Result extends NonNullable<ShownImport['result']>>(
  app: FastifyInstance,
  kind: ImportKind<Row, Plan, Result>,
): void {
  const { db, clock } = app.system;
  const of = kind.kind;
  const path = `/${of}/imports`;

  app.get(`${path}/new`, secretariat, async (request, reply) =>
    sendPage(reply, <ImportPage ctx={pageContext(request)} of={of} />),
  );

  app.post(path, secretariat, async (request, reply) =>
    orAgain(
      request,
      async () => {
        const file = await smallUpload(request);
        return goOn(reply, `${path}/${await createImport(db, signedIn(request), kind, file.name, file.bytes)}`);
      },
      (errors, status) => sendPage(reply, <ImportPage ctx={pageContext(request)} of={of} errors={errors} />, status),
    ),
  );

  app.get<ById>(`${path}/:id`, secretariat, async (request, reply) => show(request, reply, request.params.id));

  async function show(request: FastifyRequest, reply: FastifyReply, importId: string, errors: FormError[] = [], status = 200) {
    const preview = await importById(db, kind, parse(id, importId));
    return sendPage(reply, <ImportPreviewPage ctx={pageContext(request)} of={of} preview={preview} errors={errors} />, status);
  }

  app.post<ById>(`${path}/:id/application`, secretariat, async (request, reply) =>
    orAgain(
      request,
      async () => {
        const { fingerprint } = parse(Application, request.body);
        await applyImport(db, signedIn(request), kind, parse(id, request.params.id), clock(), fingerprint);
        return goOn(reply, `${path}/${request.params.id}`);
      },
      (errors, status) => show(request, reply, request.params.id, errors, status),
    ),
  );
}
