import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { VerifyPage } from '../../web/documents/verify-page.tsx';
import { translateCode } from '../../web/locales/translate.ts';
import { countTry } from '../accounts/actions.ts';
import { NotFound } from '../errors.ts';
import { posted } from '../http/forms.ts';
import { pageContext, sendPage } from '../http/pages.tsx';
import { verified } from './queries.ts';
import { codeTyped } from './rules.ts';

// A code has 60 random bits: at this rate nobody meets one by trying.
const TRIES = 60;
const SECONDS = 600;
const open = { config: { audience: 'public' }, schema: { hide: true } } as const;

/** Where anybody reads whether a document is true. */
export function verifyRoutes(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  const looked = async (request: FastifyRequest, typed: string) => {
    const code = codeTyped(typed);
    if (!code) return null;
    await countTry(db, `verify-from:${request.ip}`, TRIES, SECONDS, clock());
    return (await verified(db, code)) ?? null;
  };

  app.get('/verify', open, (request, reply) => sendPage(reply, <VerifyPage ctx={pageContext(request)} />));

  app.post('/verify', open, (request, reply) => {
    const { code } = posted(request);
    const typed = typeof code === 'string' ? code.slice(0, 80) : '';
    const found = codeTyped(typed);
    if (found) return reply.redirect(`/verify/${found}`, 303);
    const message = translateCode(request.language, 'invalid.documentCode') ?? '';
    return sendPage(reply, <VerifyPage ctx={pageContext(request)} code={typed} errors={[{ path: 'code', message }]} />, 422);
  });

  app.get<{ Params: { code: string } }>('/verify/:code', open, async (request, reply) => {
    const found = await looked(request, request.params.code);
    reply.header('x-robots-tag', 'noindex');
    return sendPage(reply, <VerifyPage ctx={pageContext(request)} code={request.params.code} found={found} />, found ? 200 : 404);
  });

  app.get(
    '/api/verify/:code',
    {
      config: { audience: 'public' },
      schema: {
        tags: ['documents'],
        summary: 'What was issued under a code, and whether it holds',
        params: z.object({ code: z.string().max(80) }),
      },
    },
    async (request) => {
      const found = await looked(request, request.params.code);
      if (!found) throw new NotFound();
      const { zone: _zone, ...rest } = found;
      return { ...rest, valid: found.revokedAt === null };
    },
  );
}
