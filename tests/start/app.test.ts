import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { testApp } from '../support/app.ts';

const { app, system, get, mails } = await testApp();

test('the process says that it lives, whether it is ready, and its numbers', async () => {
  expect((await get('/healthz')).json()).toEqual({ status: 'ok' });
  expect((await get('/readyz')).json()).toMatchObject({ status: 'ok', database: 'ok' });
  expect((await get('/metrics')).body).toContain(
    'convivium_http_request_seconds_count{method="GET",route="/healthz",status="200"} 1',
  );
});

test('the mailbox shows a mail as page, JSON, HTML, file and attachment', async () => {
  const transport = createTransport(system.config.smtpUrl);
  await transport.sendMail({
    from: 'post@localhost',
    to: 'mayor@example.org',
    subject: 'Seats & <b>cities</b>',
    text: 'Sign in: http://127.0.0.1:3000/sign-in/abc.',
    html: '<p>Sign in</p>',
    attachments: [{ filename: 'visit.ics', content: 'BEGIN:VCALENDAR', contentType: 'text/calendar' }],
  });
  transport.close();
  const [mail] = (await get('/dev/mail.json?to=mayor@example.org')).json<
    { id: string; subject: string; attachments: { url: string; text: string }[] }[]
  >();
  expect(mail).toMatchObject({
    subject: 'Seats & <b>cities</b>',
    attachments: [{ name: 'visit.ics', text: expect.stringContaining('BEGIN:VCALENDAR') }],
  });
  expect((await get('/dev/mail')).body).toContain('Seats &amp; &lt;b>cities');
  const page = await get(`/dev/mail/${mail?.id}`);
  expect(page.body).toContain('href="http://127.0.0.1:3000/sign-in/abc"');
  expect((await get(`/dev/mail/${mail?.id}.html`)).headers['content-security-policy']).toContain("default-src 'none'");
  expect((await get(`/dev/mail/${mail?.id}.eml`)).body).toContain('MIME-Version');
  expect((await get(mail?.attachments[0]?.url ?? '')).body).toContain('BEGIN:VCALENDAR');
  expect((await get('/dev/mail/unknown-1-1')).statusCode).toBe(404);
  expect(await mails('mayor@example.org')).toHaveLength(1);
});

test('outside of development there is no mailbox', async () => {
  const real = await testApp({ settings: { SMTP_URL: 'smtp://127.0.0.1:9' } });
  expect((await real.get('/dev/mail')).statusCode).toBe(404);
  expect((await real.get('/dev/mail.json')).statusCode).toBe(404);
  expect(app.hasRoute({ method: 'GET', url: '/dev/mail' })).toBe(true);
});
