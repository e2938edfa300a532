import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { handlers } from '../../workers/main.ts';
import { schedule } from '../../workers/schedule.ts';

const sources = globSync(['server/**/*.{ts,tsx}', 'workers/**/*.ts', 'db/**/*.ts']);
const emitted = new Set(
  sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bemit\(\s*\w+,\s*'([^']+)'/g)].map(([, topic = '']) => topic),
  ),
);

test('every topic that is emitted has a handler', () => {
  expect([...emitted].filter((topic) => !handlers[topic])).toEqual([]);
});

test('recurring jobs have names of their own and say what they do', () => {
  const names = schedule.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(schedule.filter(({ name, every, what }) => !/^[a-z-]+$/.test(name) || !(every >= 1) || what === '')).toEqual([]);
});
