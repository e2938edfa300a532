import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Content, canonical, changedFields, contentOf, fieldsOf, hashOf, merge } from '../../server/calls/content.ts';
import { callState, entryCode, windowRefusal } from '../../server/calls/rules.ts';
import { instantOf } from '../../server/events/rules.ts';

const word = fc.constantFrom('uno', 'due', 'três', '네', 'خمسة', '');
const texts = fc.dictionary(fc.constantFrom('en', 'es', 'ko'), word, { noNullPrototype: true });
const answers = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(word, fc.nat(3), fc.array(word, { maxLength: 2 })), {
  noNullPrototype: true,
});
const content: fc.Arbitrary<Content> = fc.record({
  language: fc.constantFrom('en', 'es'),
  languages: fc.subarray(['en', 'es', 'ko']),
  theme: fc.option(word),
  modality: fc.option(word),
  title: texts,
  summary: texts,
  mayPublish: fc.boolean(),
  answers,
  translations: fc.dictionary(
    fc.constantFrom('es', 'ko'),
    fc.dictionary(fc.constantFrom('a', 'b'), word, { minKeys: 1, noNullPrototype: true }),
    { noNullPrototype: true },
  ),
});

describe('two people writing one entry', () => {
  it('keeps what each changed, and calls a conflict only what both changed to different values', () => {
    fc.assert(
      fc.property(content, content, content, (base, mine, theirs) => {
        const { merged, conflicts } = merge(base, mine, theirs);
        const [b, m, t, r] = [base, mine, theirs, merged].map(fieldsOf);
        for (const path of new Set([...(b?.keys() ?? []), ...(m?.keys() ?? []), ...(t?.keys() ?? [])])) {
          const [was, own, other, is] = [b, m, t, r].map((fields) => canonical(fields?.get(path) ?? null));
          const clash = own !== was && other !== was && own !== other;
          expect([path, conflicts.includes(path)]).toEqual([path, clash]);
          expect([path, is]).toEqual([path, own === was ? other : own]);
        }
      }),
    );
  });

  it('merges alone what only one has changed', () => {
    fc.assert(
      fc.property(content, content, (base, mine) => {
        expect(canonical(merge(base, mine, base).merged)).toBe(canonical(mine));
        expect(canonical(merge(base, base, mine).merged)).toBe(canonical(mine));
        expect(merge(base, mine, base).conflicts).toEqual([]);
      }),
    );
  });

  it('takes a content apart and together again', () => {
    fc.assert(
      fc.property(content, (one) => {
        expect(canonical(contentOf(fieldsOf(one)))).toBe(canonical(one));
      }),
    );
  });

  it('names the fields that differ', () => {
    fc.assert(
      fc.property(content, (one) => {
        expect(changedFields(one, structuredClone(one))).toEqual([]);
      }),
    );
  });
});

describe('the canonical spelling', () => {
  // RFC 8785, section 3.2.3: names in order of their UTF-16 code units.
  it('orders names as RFC 8785 does', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const spelled = canonical(Object.fromEntries(names.map((name) => [name, 0])));
    const order = [...spelled.matchAll(/"((?:\\.|[^"])*)":/gu)].map((match) => JSON.parse(`"${match[1]}"`) as string);
    expect(order).toEqual(['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']);
  });

  it('is the same however the object was put together, and another for another value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (map) => {
        const turned = Object.fromEntries(Object.entries(map).reverse());
        expect(canonical(turned)).toBe(canonical(map));
        expect(hashOf(canonical({ ...map, extra: 1 }))).not.toBe(hashOf(canonical({ ...map, extra: 2 })));
      }),
    );
  });

  it('reads back as what it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
      }),
    );
  });
});

describe('a deadline', () => {
  const at = (local: string, zone: string) => instantOf(Temporal.PlainDateTime.from(local), zone);
  const call = {
    publishedAt: at('2025-04-01T00:00', 'UTC'),
    closedAt: null,
    cancelledAt: null,
    resultsPublishedAt: null,
    opensAt: at('2025-04-22T09:00', 'Europe/Madrid'),
    closesAt: at('2025-10-15T23:59', 'Europe/Madrid'),
    graceMinutes: 30,
  };
  const open = { reopenedUntil: null, excepted: false };

  it('is that of the zone of the call, in its own time of the year', () => {
    expect(at('2025-10-15T23:59', 'Europe/Madrid').toString()).toBe('2025-10-15T21:59:00Z');
    expect(at('2025-11-15T23:59', 'Europe/Madrid').toString()).toBe('2025-11-15T22:59:00Z');
    // The hour that the clocks skip becomes the one after, the one they repeat is its first.
    expect(at('2025-03-30T02:30', 'Europe/Madrid').toString()).toBe('2025-03-30T01:30:00Z');
    expect(at('2025-10-26T02:30', 'Europe/Madrid').toString()).toBe('2025-10-26T00:30:00Z');
  });

  it('takes what comes in its last second, marks what comes in the grace, and nothing after', () => {
    const state = (instant: string) => callState(call, Temporal.Instant.from(instant));
    expect(state('2025-04-22T06:59:59Z')).toBe('coming');
    expect(state('2025-04-22T07:00:00Z')).toBe('open');
    expect(state('2025-10-15T21:59:00Z')).toBe('open');
    expect(state('2025-10-15T21:59:00.001Z')).toBe('grace');
    expect(state('2025-10-15T22:29:00Z')).toBe('grace');
    expect(state('2025-10-15T22:29:00.001Z')).toBe('closed');
  });

  it('yields to an exception until the call is closed by hand, and to a reopening until its end', () => {
    const later = Temporal.Instant.from('2025-11-01T00:00:00Z');
    expect(windowRefusal(call, later, open)).toBe('call-closed');
    expect(windowRefusal(call, later, { ...open, excepted: true })).toBeNull();
    expect(windowRefusal({ ...call, closedAt: later }, later, { ...open, excepted: true })).toBe('call-closed');
    expect(windowRefusal(call, later, { ...open, reopenedUntil: later })).toBeNull();
    expect(windowRefusal(call, later.add({ seconds: 1 }), { ...open, reopenedUntil: later })).toBe('call-closed');
    expect(windowRefusal({ ...call, resultsPublishedAt: later }, later, { excepted: true, reopenedUntil: later })).toBe(
      'call-decided',
    );
  });

  it('has codes without letters that are mistaken for others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) => {
        expect(entryCode(bytes)).toMatch(/^[A-HJ-NP-Z2-9]{6}$/);
      }),
    );
  });
});
