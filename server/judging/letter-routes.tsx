import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { letterIn } from '../../emails/judging/letter.tsx';
import { LetterPage } from '../../web/judging/letter-page.tsx';
import { LettersPage } from '../../web/judging/letters-page.tsx';
import { LANGUAGES, type Language } from '../../web/locales/languages.ts';
import { NotFound } from '../errors.ts';
import { id, interfaceLanguage, texts } from '../fields.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { chairedCall, type JudgedCall } from './found.ts';
import { type Letter, letterOf, lettersOf, sendLetters, writeLetter } from './letters.ts';

type BySlug = { Params: { slug: string } };
type ByEntry = { Params: { slug: string; entry: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
const LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; frame-ancestors 'self'";
const PreviewQuery = z.object({ language: interfaceLanguage.optional() });

/** The letters to the cities: written and looked at one by one, sent together after the results are public. */
export function letterRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;
  const at = (slug: string, entry?: string) => `/back-office/calls/${slug}/letters${entry ? `/${entry}` : ''}`;

  app.get<BySlug>('/back-office/calls/:slug/letters', person, (request, reply) => list(request, reply, request.params.slug));

  async function list(request: FastifyRequest, reply: FastifyReply, slug: string, errors: FormError[] = [], status = 200) {
    const viewer = signedIn(request);
    const call = await chairedCall(db, viewer, slug);
    const data = { call, letters: await lettersOf(db, viewer, slug), maySend: call.standing === 'office', errors };
    return sendPage(reply, <LettersPage ctx={pageContext(request)} {...data} />, status);
  }

  app.post<BySlug>('/back-office/calls/:slug/letters', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        await sendLetters(db, signedIn(request), request.params.slug, clock());
        return goOn(reply, at(request.params.slug), 'lettersSent');
      },
      (errors, status) => list(request, reply, request.params.slug, errors, status),
    ),
  );

  app.get<ByEntry>('/back-office/calls/:slug/letters/:entry', person, (request, reply) => one(request, reply, request.params));

  async function one(
    request: FastifyRequest,
    reply: FastifyReply,
    { slug, entry }: ByEntry['Params'],
    errors: FormError[] = [],
    status = 200,
  ) {
    const viewer = signedIn(request);
    const call = await chairedCall(db, viewer, slug);
    const letter = await letterOf(db, viewer, slug, parse(id, entry));
    const language = parse(PreviewQuery, request.query).language ?? previewLanguages(letter)[0] ?? 'en';
    const mail = mailOf(call, letter, language);
    const typed = errors.length > 0 ? ((posted(request).text as Record<string, string> | undefined) ?? {}) : undefined;
    const policy = String(reply.getHeader('content-security-policy') ?? '');
    reply.header('content-security-policy', `${policy};frame-src 'self'`);
    const preview = mail && { language, subject: mail.subject, text: mail.text };
    const data = { call, letter, typed, preview, languages: previewLanguages(letter), errors };
    return sendPage(reply, <LetterPage ctx={pageContext(request)} {...data} />, status);
  }

  app.get<ByEntry>('/back-office/calls/:slug/letters/:entry/preview/letter', person, async (request, reply) => {
    const viewer = signedIn(request);
    const { slug, entry } = request.params;
    const letter = await letterOf(db, viewer, slug, parse(id, entry));
    const { language = 'en' } = parse(PreviewQuery, request.query);
    const mail = mailOf(await chairedCall(db, viewer, slug), letter, language);
    if (!mail) throw new NotFound();
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'private, no-store')
      .header('content-security-policy', LETTER_POLICY)
      .header('x-frame-options', 'SAMEORIGIN')
      .send(mail.html);
  });

  app.post<ByEntry>('/back-office/calls/:slug/letters/:entry', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { slug, entry } = request.params;
        const { text } = parse(z.object({ text: texts(10_000) }), request.body);
        await writeLetter(db, signedIn(request), slug, parse(id, entry), text, clock());
        return goOn(reply, at(slug, entry), 'letterWritten');
      },
      (errors, status) => one(request, reply, request.params, errors, status),
    ),
  );

  // As the contacts will read it; before the results are public, by what is decided so far.
  function mailOf(call: JudgedCall, letter: Letter, language: Language) {
    const site = { installation: config.installationName, url: config.publicUrl };
    const state = call.resultsPublishedAt ? letter.state : (letter.decision ?? letter.state);
    const { title, language: written, text } = letter;
    const told = { name: letter.organisation, organisation: letter.organisation, title, language: written, state, text };
    return letterIn(language, site, { ...told, call: call.title, defaultLanguage: call.defaultLanguage });
  }
}

function previewLanguages(letter: Letter): Language[] {
  const read = LANGUAGES.filter((language) => letter.readers.includes(language));
  if (read.length > 0) return read;
  return LANGUAGES.filter((language) => language === letter.language || language === 'en');
}
