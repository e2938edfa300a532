/** What decides whether an event can be published, and what it would be better with. */
export interface Publishable {
  title: Record<string, string>;
  summary: Record<string, string>;
  description: Record<string, string>;
  languages: readonly string[];
  attendance: string;
  venue: Record<string, string>;
  onlineUrl: string | null;
  places: { capacity: number };
  categories: readonly {
    name: Record<string, string>;
    priceEarly: number;
    priceLate: number | null;
    priceReduced: number | null;
  }[];
  reducedCountries: readonly string[];
  paymentDetails: Record<string, string>;
  host: unknown;
  startsAt: Temporal.Instant;
  registrationOpensAt: Temporal.Instant | null;
  registrationClosesAt: Temporal.Instant | null;
  lateFrom: Temporal.Instant | null;
}

/** The parts of an event, each a page of the back office. */
export const SECTIONS = [
  'about',
  'languages',
  'texts',
  'when',
  'where',
  'registration',
  'places',
  'categories',
  'prices',
] as const;
export type Section = (typeof SECTIONS)[number];

export interface Missing {
  /** The catalogue's `events.missing.<code>`. */
  code: string;
  section: Section;
  /** The language in which a text is missing. */
  language?: string;
  /** True: keeps the event from being published. False: it would be better with it. */
  blocks: boolean;
}

/** What an event still lacks: `blocks` keeps it from being published, the others only make it poorer. */
export function missing(event: Publishable): Missing[] {
  return [...lacks(event), ...couldBeBetter(event)];
}

const without = (event: Publishable, texts: Record<string, string>) => event.languages.filter((tag) => !texts[tag]);

function lacks(event: Publishable): Missing[] {
  const named = event.categories.flatMap((category) => without(event, category.name));
  return [
    ...without(event, event.title).map((language) => ({ code: 'title', section: 'texts' as const, language, blocks: true })),
    ...[...new Set(named)].map((language) => ({ code: 'categoryName', section: 'categories' as const, language, blocks: false })),
    ...(event.places.capacity > 0 ? [] : [{ code: 'capacity', section: 'places' as const, blocks: true }]),
    ...(event.categories.length > 0 ? [] : [{ code: 'categories', section: 'categories' as const, blocks: true }]),
  ];
}

function couldBeBetter(event: Publishable): Missing[] {
  const say = (when: boolean, code: string, section: Section): Missing[] => (when ? [{ code, section, blocks: false }] : []);
  const later = (a: Temporal.Instant | null, b: Temporal.Instant) => a !== null && Temporal.Instant.compare(a, b) > 0;
  const empty = (texts: Record<string, string>) => Object.keys(texts).length === 0;
  const costs = event.categories.some((category) => category.priceEarly > 0 || (category.priceLate ?? 0) > 0);
  return [
    ...without(event, event.summary).map((language) => ({ code: 'summary', section: 'texts' as const, language, blocks: false })),
    ...without(event, event.description).map((language) => ({
      code: 'description',
      section: 'texts' as const,
      language,
      blocks: false,
    })),
    ...say(!event.host, 'host', 'about'),
    ...say(event.attendance !== 'online' && empty(event.venue), 'venue', 'where'),
    ...say(event.attendance !== 'onsite' && !event.onlineUrl, 'onlineUrl', 'where'),
    ...say(event.registrationOpensAt === null, 'registrationOpens', 'registration'),
    ...say(event.registrationClosesAt === null, 'registrationCloses', 'registration'),
    ...say(later(event.registrationClosesAt, event.startsAt), 'closesAfterStart', 'registration'),
    ...say(event.lateFrom === null && event.categories.some((category) => category.priceLate !== null), 'lateFrom', 'prices'),
    ...say(
      event.reducedCountries.length === 0 && event.categories.some((category) => category.priceReduced !== null),
      'reducedCountries',
      'prices',
    ),
    ...say(costs && empty(event.paymentDetails), 'paymentDetails', 'prices'),
  ];
}
