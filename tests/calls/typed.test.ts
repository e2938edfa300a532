import { expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import { makeWorld, publishedCall } from './world.ts';

const test = await testApp({ clock: testClock('2026-01-15T10:00:00Z') });
const world = await makeWorld(test);
await publishedCall(test, world, 'typed');

const refused = async (section: string, form: Record<string, string | string[]>) => {
  const answer = await test.post(`/back-office/calls/typed/${section}`, form, world.secretariat.cookie);
  expect(answer.statusCode).toBe(422);
  return answer.body;
};
const field = (body: string, name: string) =>
  new RegExp(`<(?:input|textarea|select)[^>]*name="${name.replace(/[[\]]/g, '\\$&')}"[^>]*>([^<]*)`).exec(body) ?? ['', ''];

it('nothing that was typed into the themes or modalities of a call is lost when one of them is wrong', async () => {
  const body = await refused('modalities', {
    'modalities[0][key]': '',
    'modalities[0][title][en]': '',
    'modalities[1][key]': '',
    'modalities[1][title][en]': 'Poster of mine',
    'modalities[1][description][en]': 'On paper',
    'modalities[1][minutes]': 'ten',
    'modalities[1][quota]': '40',
  });
  expect(field(body, 'modalities[1][title][en]')[0]).toContain('value="Poster of mine"');
  expect(field(body, 'modalities[1][description][en]')[1]).toBe('On paper');
  expect(field(body, 'modalities[1][minutes]')[0]).toContain('value="ten"');
  expect(field(body, 'modalities[1][minutes]')[0]).toContain('aria-invalid="true"');
  expect(field(body, 'modalities[1][quota]')[0]).toContain('value="40"');
  const themes = await refused('themes', {
    'themes[0][key]': 'lifelong',
    'themes[0][title][en]': 'x'.repeat(400),
    'themes[1][key]': '',
    'themes[1][title][en]': 'A new one',
  });
  expect(field(themes, 'themes[1][title][en]')[0]).toContain('value="A new one"');
});

it('nothing that was typed into the criteria is lost, guidance and boxes included', async () => {
  const body = await refused('criteria', {
    'criteria[0][key]': 'relevance',
    'criteria[0][name][en]': 'Relevance of it',
    'criteria[0][weight]': 'much',
    'criteria[0][scaleMin]': '0',
    'criteria[0][scaleMax]': '5',
    'criteria[0][scaleStep]': '1',
    'criteria[0][guidance][en]': '0: nothing\n5: all',
    'criteria[0][themes][]': ['labour'],
    seeOthers: 'never',
    tieRule: 'jury-vote',
  });
  expect(field(body, 'criteria[0][name][en]')[0]).toContain('value="Relevance of it"');
  expect(field(body, 'criteria[0][weight]')[0]).toContain('value="much"');
  expect(field(body, 'criteria[0][scaleMax]')[0]).toContain('value="5"');
  expect(field(body, 'criteria[0][guidance][en]')[1]).toBe('0: nothing\n5: all');
  expect(body).toMatch(/value="labour"[^>]*checked/);
  expect(body).not.toMatch(/name="criteria\[0\]\[required\]"[^>]*checked/);
  expect(body).toMatch(/<option value="never" selected/);
  expect(body).toMatch(/<option value="jury-vote" selected/);
});

it('nothing that was typed into the rules is lost, and an error stands at its field', async () => {
  const body = await refused('rules', {
    'kinds[]': ['fee', 'countries'],
    'fee[year]': 'next',
    'countries[codes]': 'ES PT',
    'countries[except]': 'on',
    maxEntries: '7',
  });
  expect(field(body, 'fee[year]')[0]).toMatch(/aria-invalid="true"/);
  expect(field(body, 'fee[year]')[0]).toContain('value="next"');
  expect(field(body, 'countries[codes]')[0]).toContain('value="ES PT"');
  expect(body).toMatch(/name="countries\[except\]"[^>]*checked/);
  expect(field(body, 'maxEntries')[0]).toContain('value="7"');
  expect(body).toMatch(/value="countries"[^>]*checked/);
  expect(body).not.toMatch(/value="member"[^>]*checked/);
});
