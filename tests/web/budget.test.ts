import { describe, expect, it } from 'vitest';
import { loadDemonstration } from '../../server/demonstration.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
await loadDemonstration(test.system);
const { slug } = await test.db
  .selectFrom('events')
  .select('slug')
  .where('kind', '=', 'congress')
  .where('published_at', 'is not', null)
  .orderBy('starts_at', 'desc')
  .executeTakeFirstOrThrow();

/** Bytes on the wire, compressed as a browser asks for it. */
async function weight(url: string): Promise<number> {
  const answer = await test.get(url, { 'accept-encoding': 'br, gzip' });
  expect(answer.statusCode, url).toBe(200);
  return answer.rawPayload.length;
}

describe('the first visit to a public page', () => {
  it.each(['/events', `/events/${slug}`, '/sign-in'])('%s moves at most 60 kB, 15 kB of it JavaScript', async (url) => {
    const page = await test.get(url);
    const assets = [...page.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(assets.length).toBeGreaterThanOrEqual(2);
    const weights = new Map<string, number>();
    for (const asset of new Set(assets)) weights.set(asset, await weight(asset));
    const scripts = [...weights].filter(([asset]) => asset.endsWith('.js')).reduce((sum, [, bytes]) => sum + bytes, 0);
    const all = [...weights.values()].reduce((sum, bytes) => sum + bytes, await weight(url));
    expect(scripts).toBeLessThanOrEqual(15_000);
    expect(all).toBeLessThanOrEqual(60_000);
  });

  it('takes nothing from another address', async () => {
    const { body } = await test.get(`/events/${slug}`);
    const sources = [...body.matchAll(/<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)="([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    const outside = sources.filter((address) => /^(https?:)?\/\//.test(address) && !address.startsWith(test.url));
    expect(outside).toEqual([]);
  });
});
