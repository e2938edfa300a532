import { expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { judgingWorld } from './world.ts';

const test = await testApp();

it('the discussion is written down by the chair on a page, line by line, and read by no juror', async () => {
  const { call, chair, jurors, entries } = await judgingWorld(test, { slug: 'said', entries: 2, jurors: 1 });
  const at = '/back-office/calls/said/discussion';
  const cookie = await test.signedIn(chair.id);
  const empty = await test.post(at, { entry: entries[0]?.id ?? '', text: ' ' }, cookie);
  expect(empty.statusCode).toBe(422);
  expect(empty.body).toMatch(new RegExp(`value="${entries[0]?.id}"[^>]*selected`));
  const text = 'Strong on method.\n\nWeak on figures.';
  const written = await test.post(at, { entry: entries[0]?.id ?? '', text }, cookie);
  expect([written.statusCode, written.headers.location]).toEqual([303, `${at}?done=noteWritten`]);
  expect((await test.post(at, { entry: '', text: 'A good year.' }, cookie)).statusCode).toBe(303);
  const page = await test.get(at, cookie);
  expect(page.body).toContain(text);
  const notes = (await test.get(`/api/calls/${call.slug}/notes`, chair.bearer)).json().items;
  expect(notes.map((note: { text: string; entry: string | null }) => [note.text, note.entry])).toEqual([
    [text, entries[0]?.id],
    ['A good year.', null],
  ]);
  expect((await test.get(at, await test.signedIn(jurors[0]?.id ?? ''))).statusCode).toBe(403);
});
