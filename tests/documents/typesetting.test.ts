import { describe, expect, it } from 'vitest';
import { asDrawn, fromTheLeft, runsOf } from '../../server/scripts.ts';
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

describe('a line of several scripts', () => {
  const drawn = (text: string, right = false) =>
    fromTheLeft(runsOf(text, right))
      .map((run) => (run.space ? ' ' : run.level % 2 === 1 ? [...run.text].reverse().join('') : run.text))
      .join('');

  it('stands as the Unicode Bidirectional Algorithm says', () => {
    // Letters from the right are shown here as they would be seen: the first one at the right.
    const [a, b, c] = ['אבג', 'דהו', 'זחט'].map((word) => [...word].reverse().join(''));
    expect(drawn('from אבג דהו on')).toBe(`from ${b} ${a} on`);
    expect(drawn('אבג 2026 דהו', true)).toBe(`${b} 2026 ${a}`);
    expect(drawn('seen אבג 2026 דהו here')).toBe(`seen ${b} 2026 ${a} here`);
    expect(drawn('אבג Granollers Congress דהו', true)).toBe(`${b} Granollers Congress ${a}`);
    expect(drawn('אבג ב-26 דהו', true)).toBe(`${b} 26-ב ${a}`);
    expect(drawn('زيارة ٢٠٢٦', true)).toBe('٢٠٢٦ ةرايز');
    expect(drawn('אבג (דהו) זחט', true)).toBe(`${c} )${b}( ${a}`);
    expect(asDrawn({ text: '(', level: 1 })).toBe(')');
  });

  it('is set in the fonts that have its letters, and says in reading order what it says', async () => {
    const name = 'שרה Cohen-לוי (תל אביב) กรุงเทพมหานคร 수원 القاهرة ٢٦';
    const words = (await made(name)).split(/\s+/).join('');
    expect(words).toContain(name.replaceAll(' ', ''));
    expect(words).not.toContain('�');
    expect(await made('مايو 2026')).toContain('2026');
  });

  it('breaks between the words of a language without spaces, and keeps a sign with its word', async () => {
    const thai = 'สมาคมเมืองแห่งการศึกษานานาชาติ'.repeat(8);
    expect((await made(thai)).replaceAll(' ', '')).toContain(thai);
    expect(await made('Votre\u00a0: «\u00a0mot\u00a0»')).toContain('Votre\u00a0: «\u00a0mot\u00a0»');
  });
});
