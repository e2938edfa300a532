import { textIn } from '../../web/locales/text-map.ts';
import type { ActivityRow } from './queries.ts';

/** Where a feed is read and in which language. */
interface Site {
  title: string;
  publicUrl: string;
  language: string;
  /** Its own address. */
  self: string;
}

/** The activities as an Atom feed (RFC 4287), the newest publication first. */
export function atomFeed(activities: readonly ActivityRow[], { title, publicUrl, language, self }: Site): string {
  const updated = activities[0]?.decidedAt ?? Temporal.Instant.from('2000-01-01T00:00:00Z');
  const entries = activities.map((one) => {
    const words = (map: Record<string, string>) => textIn(map, [language], one.organisation.language);
    const url = `${publicUrl}/activities/${one.id}`;
    const facts = [one.starts.toString({ smallestUnit: 'minute' }).replace('T', ' '), one.zone, one.place]
      .filter(Boolean)
      .join(' · ');
    return (
      `<entry><id>urn:uuid:${one.id}</id><title>${escaped(words(one.title))}</title><link href="${escaped(url)}"/>` +
      `<author><name>${escaped(one.organisation.name)}</name></author><published>${one.createdAt}</published><updated>${one.decidedAt ?? one.createdAt}</updated>` +
      `<summary>${escaped([facts, words(one.description)].filter(Boolean).join('\n\n'))}</summary></entry>`
    );
  });
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escaped(language)}">` +
    `<id>${escaped(`${publicUrl}/activities.atom`)}</id><title>${escaped(title)}</title><updated>${updated}</updated>` +
    `<link rel="self" href="${escaped(self)}"/><link href="${escaped(`${publicUrl}/activities`)}"/>${entries.join('')}</feed>\n`
  );
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 knows none of them
const escaped = (text: string) =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? '');
