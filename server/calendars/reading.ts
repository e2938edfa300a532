/** A component of iCalendar (RFC 5545 §3.6) as it was read: names in capitals, values as they stand. */
export interface Component {
  name: string;
  properties: Property[];
  components: Component[];
}

export interface Property {
  name: string;
  params: Record<string, string>;
  value: string;
}

// What a calendar program sends has a few dozen lines; a file of a hundred thousand is no answer to anything.
const MOST_LINES = 5000;

/**
 * Reads the first VCALENDAR in `text`; undefined where there is none. Tolerant, because programs are not exact: any line ending, any
 * case of names, lines that are none are left out. Folding and quoting as in RFC 5545 §3.1 and §3.2, carets as in RFC 6868.
 */
export function readCalendar(text: string): Component | undefined {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/(\r\n|\r|\n)[ \t]/g, '')
    .split(/\r\n|\r|\n/);
  if (lines.length > MOST_LINES) return undefined;
  const open: Component[] = [];
  for (const line of lines) {
    const property = propertyOf(line);
    if (!property) continue;
    const name = property.value.trim().toUpperCase();
    if (property.name === 'BEGIN') {
      const made: Component = { name, properties: [], components: [] };
      if (open.length === 0 && name !== 'VCALENDAR') continue;
      open.at(-1)?.components.push(made);
      open.push(made);
    } else if (property.name === 'END') {
      if (open.length === 1 && name === 'VCALENDAR') return open[0];
      if (open.at(-1)?.name === name) open.pop();
    } else open.at(-1)?.properties.push(property);
  }
  return undefined;
}

function propertyOf(line: string): Property | undefined {
  const name = /^[A-Za-z0-9-]+/.exec(line)?.[0];
  if (!name) return undefined;
  const params: Record<string, string> = {};
  let rest = line.slice(name.length);
  for (;;) {
    const param = /^;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,])*(?:,(?:"[^"]*"|[^";:,])*)*)/.exec(rest);
    if (!param) break;
    params[(param[1] ?? '').toUpperCase()] = uncaret((param[2] ?? '').replaceAll('"', ''));
    rest = rest.slice(param[0].length);
  }
  return rest.startsWith(':') ? { name: name.toUpperCase(), params, value: rest.slice(1) } : undefined;
}

const uncaret = (text: string) => text.replace(/\^([n'^])/g, (_, code) => (code === 'n' ? '\n' : code === "'" ? '"' : '^'));

/** The first property of that name. */
export function propertyIn(component: Component | undefined, name: string): Property | undefined {
  return component?.properties.find((property) => property.name === name);
}

/** TEXT (RFC 5545 §3.3.11) as a reader sees it. */
export function textOf(property: Property | undefined): string {
  return (property?.value ?? '').replace(/\\([\\;,nN])/g, (_, code: string) => (/n/i.test(code) ? '\n' : code)).trim();
}

/** A UTC time (`20261120T100000Z`, §3.3.5); undefined for anything else. */
export function utcOf(property: Property | undefined): Temporal.Instant | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(property?.value.trim() ?? '');
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  try {
    // A leap second is the one before: Temporal knows none.
    return Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : second}Z`);
  } catch {
    return undefined;
  }
}

/** The address in a value such as `MAILTO:jo@example.org`; undefined where it is none. Lower case, an IDN in ASCII. */
export function addressOf(value: string | undefined): string | undefined {
  const bare =
    (value ?? '')
      .trim()
      .replace(/^mailto:/i, '')
      .split('?')[0] ?? '';
  let decoded = bare;
  try {
    decoded = decodeURIComponent(bare);
  } catch {
    // As it stands: a percent sign may be part of an address.
  }
  return canonicalAddress(decoded);
}

/** An address as two are compared: trimmed, in lower case, the domain in ASCII; undefined where it is none. */
export function canonicalAddress(address: string): string | undefined {
  const match = /^([^\s@<>]+)@([^\s@<>]+)$/.exec(address.trim());
  if (!match) return undefined;
  const host = `http://${match[2]}`;
  return URL.canParse(host) ? `${match[1]?.toLowerCase()}@${new URL(host).hostname}` : undefined;
}
