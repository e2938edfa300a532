import { expect, it } from 'vitest';
import { newSheet } from '../../server/typesetting.ts';
import { pdfText } from '../support/pdf.ts';

const made = async (text: string) => {
  const sheet = await newSheet({ title: 'A document', language: 'en', created: Temporal.Instant.from('2026-11-24T00:00:00Z') });
  sheet.text(text);
  return pdfText(await sheet.end()).join(' ');
};

it('a document says the same to who copies or hears it, whatever was written before it', async () => {
  expect(await made('ij: é; ä?')).toContain('ij: é; ä?');
  expect(await made('A clear method. 83.3, ıȷ')).toContain('A clear method. 83.3, ıȷ');
  const both = await Promise.all([made('One: two;'), made('Three. Four.')]);
  expect(both[1]).toContain('Three. Four.');
});
