import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import { textIn } from '../../web/locales/text-map.ts';
import type { FieldError } from '../../web/page.ts';
import { RoomPage } from '../../web/questionnaires/room-page.tsx';
import { countTry } from '../accounts/actions.ts';
import { NotFound } from '../errors.ts';
import { email } from '../fields.ts';
import { orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { pageContext, sendPage } from '../http/pages.tsx';
import { enqueueSends } from '../sends/actions.ts';
import { type Questionnaire, questionnaireById } from './queries.ts';
import { idOf } from './routes.tsx';
import { stateOf } from './rules.ts';

const PUBLIC = { config: { audience: 'public' as const }, schema: { hide: true } };

/** The code on the wall of a room. */
export function roomRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  const room = async (request: FastifyRequest, shown: { sent: boolean; typed?: string; errors?: FieldError[] }) => {
    const one = await questionnaireById(db, idOf(request));
    if (stateOf(one, clock()) !== 'open') throw new NotFound();
    const ctx = pageContext(request);
    const path = `/questionnaires/${one.id}/room`;
    const title = textIn(one.title, [ctx.language], one.event?.defaultLanguage);
    const svg = renderSVG(`${config.publicUrl}${path}`, { border: 2 });
    return { one, node: <RoomPage ctx={{ ...ctx, path }} title={title} path={path} svg={svg} {...shown} /> };
  };

  app.get('/questionnaires/:id/room', PUBLIC, async (request, reply) =>
    sendPage(reply, (await room(request, { sent: false })).node),
  );

  // The same answer whoever asks: only the mailbox is told.
  app.post('/questionnaires/:id/room', PUBLIC, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { one, node } = await room(request, { sent: true });
        await mailLink(request, one);
        return sendPage(reply, node);
      },
      async (errors, status) => {
        const typed = posted(request).email;
        return sendPage(reply, (await room(request, { sent: false, typed: String(typed ?? ''), errors })).node, status);
      },
    ),
  );

  async function mailLink(request: FastifyRequest, one: Questionnaire): Promise<void> {
    const now = clock();
    await countTry(db, `room-from:${request.ip}`, 300, 3600, now);
    const { email: address } = parse(z.object({ email }), request.body);
    await countTry(db, `room-to:${address.toLowerCase()}`, 3, 3600, now);
    const { rows } = await sql<{ id: string; personId: string; language: string; address: string }>`
      select a.id, p.id as "personId", p.language, p.email as address from askings a join people p on p.id = a.person_id
      where a.questionnaire_id = ${one.id} and lower(p.email) = lower(${address})`.execute(db);
    const sends = rows.map((row) => ({
      cause: `questionnaire:${row.id}:room:${now.epochMilliseconds}`,
      kind: 'questionnaires.asked',
      personId: row.personId,
      address: row.address,
      language: row.language,
      payload: { asking: row.id },
      expiresAt: one.closesAt,
    }));
    await enqueueSends(db, sends, now);
  }
}
