import fc from 'fast-check';
import { type Schema, sample } from './samples.ts';

// What nobody should send, and somebody will.
const STRANGE = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202eabc',
  "'; drop table people; --",
  '%00',
  '../../etc/passwd',
  '=1+1',
  '<script>alert(1)</script>',
  '2026-03-29T02:30',
  '2026-02-30',
  '9999-12-31T23:59',
  '-271821-04-20T00:00',
  'Europe/Nowhere',
  'xx-INVALID-LANGUAGE-TAG',
  '٣٤٥',
  '1e999',
  'NaN',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '{"$ne":null}',
  'bücher@xn--bcher-kva.example',
  'a'.repeat(5000),
  '😀'.repeat(300),
];

const strange = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...STRANGE) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(null, true, false, 0, -1, 1.5, 2 ** 31, -(2 ** 63), 1e308, [], {}, [[]], [null], { a: { b: [] } }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** Values near a schema: most parts as it wants them, some not. */
export function hostile(schema: Schema | undefined, depth = 0): fc.Arbitrary<unknown> {
  if (!schema || depth > 6) return strange;
  return fc.oneof({ weight: 4, arbitrary: near(schema, depth) }, { weight: 1, arbitrary: strange });
}

function near(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return fc.oneof(...choice.map((one) => hostile(one, depth + 1)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch ([schema.type].flat()[0]) {
    case 'object': {
      const { properties = {}, required = [] } = schema;
      const parts = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, hostile(part, depth + 1)]));
      const shape = fc.record(parts, { requiredKeys: required.filter((name) => name in parts) });
      return Object.keys(parts).length === 0 ? fc.dictionary(fc.constantFrom('en', 'ca', 'x', '__proto__'), strange) : shape;
    }
    case 'array':
      return fc.array(hostile(schema.items, depth + 1), { maxLength: 4 });
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: -5, max: 100 }), fc.constantFrom(2 ** 31, 2 ** 53, -1));
    case 'boolean':
      return fc.boolean();
    default:
      return fc.oneof(fc.constant(sample(schema)), fc.constantFrom(...STRANGE));
  }
}

/** A value for a part of a path or a query: always a text. */
export const hostileText = fc.oneof(fc.constantFrom(...STRANGE), fc.string({ maxLength: 30 }));
