// Numbers, money, dates and names as a reader's language writes them. Intl objects take long to build, so each is kept.

const kept = new Map<string, unknown>();

function once<Made>(key: string, make: () => Made): Made {
  const known = kept.get(key) as Made | undefined;
  if (known !== undefined) return known;
  // Zones, currencies and languages are few; whoever sends thousands of made-up ones must not fill the memory.
  if (kept.size > 2000) kept.clear();
  const made = make();
  kept.set(key, made);
  return made;
}

const said = new Map<string, string>();

// A list says the same dates and names on every visit. Intl takes a hundred times as long to find them as a map to remember them.
function remembered(key: string, words: () => string): string {
  const known = said.get(key);
  if (known !== undefined) return known;
  if (said.size >= 20_000) said.clear();
  const found = words();
  said.set(key, found);
  return found;
}

const DATE_STYLES = {
  /** 26 May 2026 */
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  /** Tuesday 26 May 2026 */
  weekday: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** 26 May */
  day: { day: 'numeric', month: 'short' },
  /** 26 May 2026, 09:00 */
  dateTime: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  /** 26/05/2026, 09:00: for columns */
  short: { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  /** 09:00 */
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  /** May: on a leaf of a calendar */
  leaf: { month: 'short' },
  /** May 2026 */
  month: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DateStyle = keyof typeof DATE_STYLES;

// English is written the British way here: day before month, as the other three languages have it.
const regional = (language: string) => (language === 'en' ? 'en-GB' : language === 'pt' ? 'pt-PT' : language);

function dateFormat(language: string, zone: string, style: DateStyle): Intl.DateTimeFormat {
  return once(
    `date ${language} ${zone} ${style}`,
    () => new Intl.DateTimeFormat(regional(language), { ...DATE_STYLES[style], timeZone: zone }),
  );
}

/** An instant in a zone: "26 May 2026, 09:00". */
export function formatInstant(instant: Temporal.Instant, language: string, zone: string, style: DateStyle = 'dateTime'): string {
  const at = instant.epochMilliseconds;
  return remembered(`at ${at} ${language} ${zone} ${style}`, () => dateFormat(language, zone, style).format(at));
}

/** A moment in a zone, with the zone's name: "26 May 2026, 09:00 CEST". */
export function formatMoment(at: Temporal.Instant, zone: string, language: string): string {
  return `${formatInstant(at, language, zone)} ${zoneName(at, language, zone)}`;
}

/** A day of the calendar, of no zone. */
export function formatDate(
  date: Temporal.PlainDate,
  language: string,
  style: 'date' | 'weekday' | 'day' | 'month' = 'date',
): string {
  return remembered(`on ${date.toString()} ${language} ${style}`, () =>
    formatInstant(date.toZonedDateTime('UTC').toInstant(), language, 'UTC', style),
  );
}

/** From one instant to another, what they share said once: "26–29 May 2026", with times "26 May 2026, 09:00–11:00". */
export function formatDateRange(
  from: Temporal.Instant,
  to: Temporal.Instant,
  language: string,
  zone: string,
  style: DateStyle = 'date',
): string {
  const [first, last] = [from.epochMilliseconds, to.epochMilliseconds];
  return remembered(`from ${first} ${last} ${language} ${zone} ${style}`, () =>
    dateFormat(language, zone, style).formatRange(first, last),
  );
}

/** The short name of a zone at an instant: "CEST", "GMT-3". */
export function zoneName(instant: Temporal.Instant, language: string, zone: string): string {
  const at = instant.epochMilliseconds;
  return remembered(`zone at ${at} ${language} ${zone}`, () => {
    const format = once(
      `zone ${language} ${zone}`,
      () => new Intl.DateTimeFormat(regional(language), { timeZone: zone, timeZoneName: 'short' }),
    );
    return format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? zone;
  });
}

/** Which of two words comes first for a reader of this language: for `sort`. */
export function compareWords(one: string, other: string, language: string): number {
  return once(`order ${language}`, () => new Intl.Collator(language)).compare(one, other);
}

/** The city a zone is named after: "America/Sao_Paulo" → "Sao Paulo". */
export function zonePlace(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** "1,234.5" */
export function formatNumber(value: number, language: string, options: Intl.NumberFormatOptions = {}): string {
  return once(`number ${language} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(regional(language), options)).format(
    value,
  );
}

/** 0.256 → "26%" */
export function formatPercent(share: number, language: string, digits = 0): string {
  return formatNumber(share, language, { style: 'percent', maximumFractionDigits: digits });
}

/** Minor units and an ISO 4217 code: (12050, "EUR") → "€120.50"; a whole amount without its zeros. */
export function formatMoney(minor: number, currency: string, language: string): string {
  const digits = minorDigits(currency);
  return formatNumber(minor / 10 ** digits, language, {
    style: 'currency',
    currency,
    minimumFractionDigits: minor % 10 ** digits === 0 ? 0 : digits,
  });
}

/** How many digits the minor unit of a currency has: EUR 2, JPY 0. */
export function minorDigits(currency: string): number {
  return once(
    `digits ${currency}`,
    () => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2,
  );
}

/** "1.2 MB" */
export function formatBytes(bytes: number, language: string): string {
  const [value, unit] =
    bytes < 1000 ? [bytes, 'byte'] : bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return formatNumber(value, language, {
    style: 'unit',
    unit,
    unitDisplay: bytes < 1000 ? 'long' : 'short',
    maximumFractionDigits: 1,
  });
}

/** Words on one line, a space between them; spaces that hold a sign to its word stay. */
export const oneLine = (text: string): string => text.replace(/[^\S\u00a0\u202f]+/gu, ' ').trim();

/** "a, b and c" */
export function formatList(items: readonly string[], language: string): string {
  return remembered(`list ${language} ${items.join('\n')}`, () =>
    once(`list ${language}`, () => new Intl.ListFormat(regional(language))).format(items),
  );
}

/** The name of a country by its ISO code; the code itself when unknown. */
export function countryName(code: string, language: string): string {
  return displayName('region', code, language);
}

/** The name of a language by its tag, with a capital letter, for labels and lists: ("ca", "fr") → "Catalan". */
export function languageName(tag: string, language: string): string {
  return remembered(`capital ${tag} ${language}`, () => {
    const name = languageWithin(tag, language);
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  });
}

/** The name of a language as it stands within a sentence: ("ca", "fr") → "catalan". */
export function languageWithin(tag: string, language: string): string {
  return displayName('language', tag, language);
}

function displayName(type: 'region' | 'language', code: string, language: string): string {
  return remembered(`${type} ${code} ${language}`, () => {
    try {
      return once(`${type} ${language}`, () => new Intl.DisplayNames(language, { type })).of(code) ?? code;
    } catch {
      return code;
    }
  });
}
