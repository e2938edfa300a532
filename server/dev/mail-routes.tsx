import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type CaughtMail, listMail, rawMail, readMail } from '../../emails/catcher.ts';
import { MailListPage, MailPage } from '../../web/dev/mail-page.tsx';
import { NotFound } from '../errors.ts';
import { pageContext, sendPage } from '../http/pages.tsx';
import type { System } from '../system.ts';

// The mailbox of a development installation. It is not mounted anywhere else: it shows everybody's mail to everybody.

const open = { config: { audience: 'public' as const }, schema: { hide: true } };
const PREVIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; frame-ancestors 'self'";

/** /dev/mail for people, /dev/mail.json for programs, each mail as page, HTML and .eml, and its attachments. */
export function mailRoutes(app: FastifyInstance, system: System): void {
  const folder = path.join(system.config.dataDir, 'mail');
  const read = async (id: string): Promise<CaughtMail> => {
    const mail = await readMail(folder, id);
    if (!mail) throw new NotFound();
    return mail;
  };

  app.get('/dev/mail', open, async (request, reply) =>
    sendPage(reply, <MailListPage ctx={pageContext(request)} mails={await listMail(folder)} />),
  );

  app.get<{ Querystring: { to?: unknown } }>('/dev/mail.json', open, async (request, reply) => {
    const { to } = request.query;
    const mails = await listMail(folder, 1000);
    const wanted = typeof to === 'string' ? mails.filter((mail) => mail.to.includes(to)) : mails;
    return reply.header('cache-control', 'no-store').send(wanted.map(inJson));
  });

  app.get<{ Params: { id: string } }>('/dev/mail/:id', open, async (request, reply) => {
    const [, id = '', ending] = /^([a-z0-9-]+)(?:\.(eml|html|json))?$/.exec(request.params.id) ?? [];
    const mail = await read(id);
    if (ending === 'eml') return reply.type('message/rfc822').send(rawMail(folder, id));
    if (ending === 'json') return reply.send(inJson(mail));
    if (ending === 'html') {
      reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', PREVIEW_POLICY)
        .header('x-frame-options', 'SAMEORIGIN');
      return reply.send(`<!doctype html><base target="_top">${mail.html}`);
    }
    const policy = String(reply.getHeader('content-security-policy') ?? '');
    reply.header('content-security-policy', `${policy};frame-src 'self'`);
    return sendPage(reply, <MailPage ctx={pageContext(request)} mail={mail} />);
  });

  app.get<{ Params: { id: string; number: string } }>('/dev/mail/:id/attachments/:number', open, async (request, reply) => {
    const found = (await read(request.params.id)).attachments[Number(request.params.number) - 1];
    if (!found) throw new NotFound();
    const name = encodeURIComponent(found.name);
    return reply
      .type(found.type)
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .send(Buffer.from(found.content));
  });
}

function inJson(mail: CaughtMail) {
  const attachments = mail.attachments.map(({ name, type, content }, n) => {
    const text = type.startsWith('text/') ? { text: new TextDecoder().decode(content) } : {};
    return { name, type, size: content.length, url: `/dev/mail/${mail.id}/attachments/${n + 1}`, ...text };
  });
  return { ...mail, at: mail.at.toString(), attachments, url: `/dev/mail/${mail.id}`, raw: `/dev/mail/${mail.id}.eml` };
}
