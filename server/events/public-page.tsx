import type { FastifyRequest } from 'fastify';
import { EventPage } from '../../web/events/events-page.tsx';
import { translateCode } from '../../web/locales/translate.ts';
import { currentAffiliations } from '../accounts/queries.ts';
import { NotFound } from '../errors.ts';
import { pageContext } from '../http/pages.tsx';
import { categoryRefusal, refusal } from '../registrations/rules.ts';
import { eventBySlug } from './queries.ts';
import { mayManage, nextChange, priceOf } from './rules.ts';

/**
 * The event's page with the form to register, shown again with what was `typed` after an error; and until when it stays as it is
 * if nothing is written. Errors: NotFound for an event that this viewer may not know of.
 */
export async function drawEvent(
  request: FastifyRequest,
  slug: string,
  typed: Record<string, string> = {},
  errors: { path: string; message: string }[] = [],
) {
  const { db, clock } = request.server.system;
  const { viewer } = request;
  const event = await eventBySlug(db, slug);
  if (!event || (!event.publishedAt && !mayManage(viewer, event))) throw new NotFound();
  const now = clock();
  const organisations = viewer ? await currentAffiliations(db, viewer.personId) : [];
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
  const form = { refusal: words, organisations, typed, errors };
  return {
    node: <EventPage ctx={pageContext(request)} event={{ ...event, categories }} form={form} />,
    until: nextChange([event.registrationOpensAt, event.registrationClosesAt, event.lateFrom, event.startsAt, event.endsAt], now),
  };
}
