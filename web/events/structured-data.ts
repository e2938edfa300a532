import { readIn } from '../locales/text-map.ts';
import type { EventView } from './event-page.tsx';

const MODES = { onsite: 'Offline', online: 'Online', hybrid: 'Mixed' } as const;

/** The event as schema.org describes one (https://schema.org/Event), in the language of the page. */
export function structuredData(
  event: EventView,
  page: { url: string; language: string; installation: string; now: Temporal.Instant },
) {
  const say = (texts: Record<string, string>) => readIn(texts, [page.language], event.defaultLanguage)?.text ?? '';
  const at = (moment: Temporal.Instant) =>
    moment.toZonedDateTimeISO(event.zone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
  const place = event.attendance !== 'online' && {
    '@type': 'Place',
    name: say(event.venue) || event.host?.name || page.installation,
    address: {
      '@type': 'PostalAddress',
      ...(event.address && { streetAddress: event.address }),
      ...(event.host && { addressLocality: event.host.name }),
      ...(event.country && { addressCountry: event.country }),
    },
    ...(event.latitude !== null &&
      event.longitude !== null && { geo: { '@type': 'GeoCoordinates', latitude: event.latitude, longitude: event.longitude } }),
  };
  const online = event.attendance !== 'onsite' && { '@type': 'VirtualLocation', url: event.onlineUrl ?? page.url };
  const organizers = [event.host?.name, event.network && say(event.network.name)].filter(Boolean);
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    '@id': page.url,
    url: page.url,
    name: say(event.title),
    description: say(event.summary),
    startDate: at(event.startsAt),
    endDate: at(event.endsAt),
    eventStatus: `https://schema.org/Event${event.cancelledAt ? 'Cancelled' : 'Scheduled'}`,
    eventAttendanceMode: `https://schema.org/${MODES[event.attendance]}EventAttendanceMode`,
    location: [place, online].filter(Boolean),
    organizer: (organizers.length > 0 ? organizers : [page.installation]).map((name) => ({ '@type': 'Organization', name })),
    inLanguage: event.languages,
    maximumAttendeeCapacity: event.places.capacity,
    remainingAttendeeCapacity: event.places.free,
    offers: event.categories.map((category) => offer(event, category, say(category.name) || category.key, page)),
  };
}

function offer(
  event: EventView,
  category: EventView['categories'][number],
  name: string,
  page: { url: string; now: Temporal.Instant },
) {
  const full = event.places.free === 0 || category.free === 0;
  return {
    '@type': 'Offer',
    name,
    price: (category.price / 10 ** event.currencyDigits).toFixed(event.currencyDigits),
    priceCurrency: event.currency,
    url: page.url,
    availability: `https://schema.org/${full ? 'SoldOut' : 'InStock'}`,
    ...(event.registrationOpensAt && { validFrom: event.registrationOpensAt.toString() }),
    ...(event.registrationClosesAt && { availabilityEnds: event.registrationClosesAt.toString() }),
  };
}

/** JSON that may stand in a script element: nothing in it can end the element. */
export function asScript(data: unknown): string {
  return JSON.stringify(data)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
