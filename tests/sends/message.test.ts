import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { composeMessage } from '../../emails/message.ts';

const lines = (text: string) => text.replace(/\r\n?/g, '\n');
const text = fc.string({ unit: 'binary', maxLength: 300 }).map((one) => lines(one.toWellFormed().replaceAll('\0', '')));
const longLine = fc.string({ unit: 'grapheme', minLength: 900, maxLength: 1500 });
const heads = (subject: string) => ({
  from: 'Réseau <post@example.org>',
  to: { name: 'Ána "the first", of Ü', address: 'reader@example.org' },
  subject,
  messageId: '<1.1@example.org>',
  others: { 'Feedback-ID': { prepared: true as const, value: 'a:b:c' } },
});

test('whatever is written is read again as it was, in lines that every server takes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, longLine), text, fc.uint8Array({ maxLength: 400 }), async (plain, html, content) => {
      const bytes = composeMessage(
        heads('Congreso – “¿quién viene?” 参加'),
        { text: `a${plain}.`, html: `<p>${html}</p>`, attachments: [{ name: 'pass-ü.png', mediaType: 'image/png', content }] },
        'abc123',
      );
      const read = await PostalMime.parse(bytes);
      expect(lines(read.text ?? '').trimEnd()).toBe(`a${plain}.`.trimEnd());
      expect(lines(read.html ?? '').trimEnd()).toBe(`<p>${html}</p>`);
      expect(read.subject).toBe('Congreso – “¿quién viene?” 参加');
      expect(read.to).toEqual([{ name: 'Ána "the first", of Ü', address: 'reader@example.org' }]);
      expect(read.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([['pass-ü.png', 'image/png']]);
      expect(new Uint8Array(read.attachments[0]?.content as ArrayBuffer)).toEqual(content);
      expect(
        Math.max(
          ...bytes
            .toString('latin1')
            .split('\r\n')
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(998);
      expect(/[^\r]\n|\r[^\n]/.test(bytes.toString('latin1'))).toBe(false);
    }),
    { numRuns: 150 },
  );
});

test('a calendar goes along as a part and as a file, after the text and the page', async () => {
  const calendar = { method: 'CANCEL' as const, content: 'BEGIN:VCALENDAR\r\nSUMMARY:Città\r\nEND:VCALENDAR\r\n' };
  const written = composeMessage(heads('Off'), { text: 'Off', html: '<p>Off</p>', calendar }, 'abc123').toString();
  expect([...written.matchAll(/^Content-Type: ([^\r]*)/gm)].map(([, type]) => type)).toEqual([
    'multipart/mixed; boundary="=_abc123_m"',
    'multipart/alternative;',
    'text/plain; charset=utf-8',
    'text/html; charset=utf-8',
    'text/calendar; charset=utf-8; method=CANCEL',
    'application/ics; name=cancelled.ics',
  ]);
  const { attachments } = await PostalMime.parse(written);
  expect(attachments.map(({ content }) => lines(new TextDecoder().decode(content as ArrayBuffer)))).toEqual([
    lines(calendar.content),
    lines(calendar.content),
  ]);
});
