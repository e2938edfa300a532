import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { compareWords, formatDate, formatDateRange, formatList, languageName } from '../../web/locales/format.ts';
import { isLanguage } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { NotFound } from '../errors.ts';
import { visibleEvent } from '../events/found.ts';
import { parse } from '../http/input.ts';
import type { Programme } from '../programme/programme.ts';
import { draftProgramme, lastRelease } from '../programme/queries.ts';
import { type ShownSession, shown } from '../programme/shown.ts';
import { newSheet, type Sheet } from '../typesetting.ts';
import { sendFileNamed } from './answering.ts';
import { type Occasion, occasionById } from './occasions.ts';

interface Wanted {
  language?: string | undefined;
  /** As it is being written, not as it was released. */
  draft?: boolean;
}

/** The programme on paper, day by day. Errors: NotFound when none was released. */
export async function sendProgramme(request: FastifyRequest, reply: FastifyReply, event: Occasion, wanted: Wanted) {
  const { db, clock, config } = request.server.system;
  const programme = wanted.draft ? await draftProgramme(db, event.id) : (await lastRelease(db, event.id))?.programme;
  if (!programme) throw new NotFound();
  const language = event.languages.find((tag) => tag === wanted.language) ?? event.defaultLanguage;
  const title = textIn(event.title, [language], event.defaultLanguage);
  const sheet = await newSheet({ title, language, created: clock() });
  sheet.text(config.installationName, { size: 9, soft: true });
  sheet.heading(title, 20);
  const place = textIn(event.place, [language], event.defaultLanguage);
  const dates = formatDateRange(event.startsAt, event.endsAt, language, event.zone);
  sheet.text([dates, place].filter(Boolean).join(' · '), { soft: true });
  days(sheet, programme, event, language);
  return sendFileNamed(reply, { name: `${event.slug} ${language}`, type: 'pdf' }, await sheet.end());
}

function days(sheet: Sheet, programme: Programme, event: Occasion, language: string): void {
  const sessions = shown(programme, programme.sessions, { at: '', free: new Map() });
  const byDay = Map.groupBy(sessions, ({ starts }) => starts.slice(0, 10));
  for (const [day, ofDay] of [...byDay].toSorted(([one], [other]) => compareWords(one, other, 'en'))) {
    sheet.space(6);
    sheet.heading(formatDate(Temporal.PlainDate.from(day), language, 'weekday'), 14);
    for (const session of ofDay) one(sheet, session, event, language);
  }
}

function one(sheet: Sheet, session: ShownSession, event: Occasion, language: string): void {
  const t = translator(isLanguage(language) ? language : 'en');
  const read = (map: Record<string, string>) => textIn(map, [language], event.defaultLanguage);
  sheet.text(`${session.starts.slice(11, 16)}–${session.ends.slice(11, 16)} ${read(session.title)}`, { bold: true });
  const spoken = session.languages.map((tag) => languageName(tag, language));
  const facts = [
    t(`programme.kind.${session.kind}`),
    session.room && read(session.room.name),
    session.track && read(session.track.name),
  ];
  sheet.text([...facts, formatList(spoken, language)].filter(Boolean).join(' · '), { soft: true, size: 9.5 });
  const speakers = session.speakers.map(({ name, organisation }) => (organisation ? `${name} (${organisation})` : name));
  if (speakers.length > 0) sheet.text(speakers.join(', '), { size: 9.5 });
  sheet.space(5);
}

/** The released programme on paper, for everybody. */
export function programmePaperRoutes(app: FastifyInstance): void {
  const Language = z.object({ language: z.string().max(35).optional() });
  for (const at of ['/events/:slug/programme/paper', '/api/events/:slug/programme/paper'])
    app.get<{ Params: { slug: string } }>(
      at,
      {
        config: { audience: 'public' },
        schema: at.startsWith('/api')
          ? { tags: ['documents'], summary: 'The released programme as a PDF', querystring: Language }
          : { hide: true },
      },
      async (request, reply) => {
        const { db } = request.server.system;
        const { id } = await visibleEvent(request, request.params.slug);
        return sendProgramme(request, reply, await occasionById(db, { of: 'event', id }), parse(Language, request.query));
      },
    );
}
