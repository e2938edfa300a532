import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { listMail, readMail, startCatcher } from '../../emails/catcher.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('a caught mail can be read after a restart, with its calendar file', async () => {
  const folder = temporaryFolder();
  const catcher = await startCatcher(folder);
  const transport = createTransport(catcher.url);
  await transport.sendMail({
    from: 'Convivium <post@localhost>',
    to: 'núria@example.org',
    bcc: 'quiet@example.org',
    subject: 'Inscripció confirmada ✓',
    text: 'Bon dia',
    html: '<p>Bon dia</p>',
    icalEvent: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
  });
  await transport.sendMail({ from: 'post@localhost', to: 'b@example.org', subject: 'Second', text: 'two' });
  transport.close();
  await catcher.close();

  const mails = await listMail(folder);
  expect(mails.map((mail) => mail.subject)).toEqual(['Second', 'Inscripció confirmada ✓']);
  const first = mails[1];
  expect(first).toMatchObject({
    from: 'post@localhost',
    text: expect.stringContaining('Bon dia'),
    html: expect.stringContaining('<p>'),
  });
  expect(first?.to).toContain('quiet@example.org');
  expect(first?.attachments.some(({ type }) => type === 'text/calendar')).toBe(true);
  expect(await readMail(folder, '../secret')).toBeUndefined();
  expect(await listMail(`${folder}/missing`)).toEqual([]);
});
