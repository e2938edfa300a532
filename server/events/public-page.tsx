import type { FastifyRequest } from 'fastify';
import { EventPage } from '../../web/events/event-page.tsx';
import { minorDigits } from '../../web/locales/format.ts';
import { readIn } from '../../web/locales/text-map.ts';
import { translateCode } from '../../web/locales/translate.ts';
import { currentAffiliations } from '../accounts/queries.ts';
import { NotFound } from '../errors.ts';
import { pageContext } from '../http/pages.tsx';
import { renderMarkdown } from '../markdown.ts';
import { isReleased } from '../programme/queries.ts';
import { hasVisits } from '../registrations/my-queries.ts';
import { categoryRefusal, refusal } from '../registrations/rules.ts';
import { type EventDetails, eventBySlug } from './queries.ts';
import { mayManage, nextChange, priceOf } from './rules.ts';
import { otherEditions } from './series.ts';

/**
 * The event's page, and until when it stays as it is if nothing is written. Errors: NotFound for an event that this viewer may not know of.
 */
export async function drawEvent(request: FastifyRequest, slug: string) {
  const { db, clock } = request.server.system;
  const { viewer } = request;
  const [event, organisations, editions, programme] = await Promise.all([
    eventBySlug(db, slug),
    viewer ? currentAffiliations(db, viewer.personId) : [],
    otherEditions(db, slug),
    isReleased(db, slug),
  ]);
  if (!event || (!event.publishedAt && !mayManage(viewer, event))) throw new NotFound();
  const now = clock();
  const alone = { now, organises: false, alone: organisations.length === 0, membership: null };
  const code = refusal(event, alone);
  const categories = event.categories
    .filter((category) => category.openTo !== 'organiser')
    .map((category) => ({
      ...category,
      price: priceOf(category, event, { at: now, country: null }),
      mine: organisations.length > 0 || categoryRefusal(category.openTo, alone) === null,
    }));
  const words = code && (translateCode(request.language, `refusal.${code}`) ?? code);
  const reading = readingOf(request, event);
  return {
    node: (
      <EventPage
        ctx={pageContext(request)}
        event={{ ...event, currencyDigits: minorDigits(event.currency), categories }}
        description={descriptionOf(event, reading ? [reading, request.language] : [request.language])}
        reading={reading}
        editions={editions}
        form={{ refusal: words, organisations }}
        mayManage={mayManage(viewer, event)}
        programme={programme}
        visits={await hasVisits(db, event.id)}
      />
    ),
    until: nextChange([event.registrationOpensAt, event.registrationClosesAt, event.lateFrom, event.startsAt, event.endsAt], now),
  };
}

// `?text=ca`: the organisers' own words in a language that the interface does not speak.
function readingOf(request: FastifyRequest, event: EventDetails): string | null {
  const { text } = request.query as { text?: unknown };
  return typeof text === 'string' && event.languages.includes(text) ? text : null;
}

function descriptionOf(event: EventDetails, preferred: readonly string[]) {
  const read = readIn(event.description, preferred, event.defaultLanguage);
  return read ? { html: renderMarkdown(read.text), lang: read.lang } : null;
}
