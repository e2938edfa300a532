import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Mail } from '../../emails/mailer.ts';
import { openMailer } from '../../emails/mailer.ts';
import { mailServer } from '../support/mail-server.ts';

const LETTER: Mail = { subject: 'A test', text: 'A test\n', html: '<p>A test</p>' };

describe('a message', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const settings = (smtpUrl: string) => ({
    smtpUrl,
    from: 'Convivium <post@example.org>',
    publicUrl: 'https://convivium.example.org',
    dkim: { domain: 'example.org', selector: '2026a', privateKey },
    bounce: { domain: 'reply.example.org', secret: 'a secret' },
  });
  const to = {
    sendId: '01890a5d-ac96-774b-bcce-b302099a8057',
    version: 1,
    language: 'en',
    kind: 'mailings.message',
    mailingId: '01890a5d-ac96-774b-bcce-b302099a8058',
  };

  it('R17 carries the headers of its kind, each on one line, and comes back to an address of its own', async () => {
    const server = await mailServer();
    const mailer = openMailer(settings(server.url));
    const mail = {
      ...LETTER,
      unsubscribe: `https://convivium.example.org/unsubscribe/${'a'.repeat(53)}`,
      list: { id: 'announcements.example.org', name: 'Announcements' },
    };
    await mailer.send(mail, { ...to, address: 'reader@example.org' });
    mailer.close();
    const [received] = server.received;
    const headers = (received?.raw ?? '').split('\r\n\r\n')[0]?.split(/\r\n(?![ \t])/) ?? [];
    const value = (name: string) =>
      headers.filter((line) => line.toLowerCase().startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
    expect(received?.from).toMatch(/^b\+01890a5dac96774bbcceb302099a8057\.[0-9a-f]{20}@reply\.example\.org$/);
    expect(value('list-unsubscribe')).toEqual([`<https://convivium.example.org/unsubscribe/${'a'.repeat(53)}>`]);
    expect(value('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
    expect(value('list-id')).toEqual(['"Announcements" <announcements.example.org>']);
    expect(value('feedback-id')).toEqual(['b302099a8058:mailings-message:example.org']);
    expect(value('auto-submitted')).toEqual(['auto-generated']);
    expect(value('precedence')).toEqual(['bulk']);
    expect(value('message-id')).toEqual(['<01890a5d-ac96-774b-bcce-b302099a8057.1@example.org>']);
    expect(value('date').length).toBe(1);
    expect(/;h=([^;]*);/.exec(value('dkim-signature')[0]?.replace(/\s/g, '') ?? '')?.[1]).toMatch(
      /list-unsubscribe:list-unsubscribe-post/i,
    );
  });

  it('R19 goes to domains of other scripts and to addresses that need SMTPUTF8; where the server has no words for it, that is said', async () => {
    const willing = await mailServer();
    const [first, second] = [
      openMailer(settings(willing.url)),
      openMailer(settings((await mailServer(undefined, { hideSMTPUTF8: true })).url)),
    ];
    expect((await first.send(LETTER, { ...to, address: 'info@münchen.example.org' }))?.outcome.state).toBe('accepted');
    expect(willing.received[0]?.raw).toContain('To: info@xn--mnchen-3ya.example.org\r\n');
    expect((await first.send(LETTER, { ...to, address: 'jörg@example.org' }))?.outcome.state).toBe('accepted');
    expect((await second.send(LETTER, { ...to, address: 'jörg@example.org' }))?.outcome.state).toBe('failed');
    first.close();
    second.close();
  });

  it('R38 goes nowhere but to this machine while we test', () => {
    expect(() => openMailer(settings('smtp://mail.example.org'))).toThrow('Nothing is sent to mail.example.org from here');
  });

  it('R15 is signed and aligned, so that DKIM, SPF and DMARC pass', async () => {
    const { authenticate } = await import('mailauth');
    const { createPublicKey } = await import('node:crypto');
    const server = await mailServer();
    const mailer = openMailer({ ...settings(server.url), bounce: { domain: 'example.org', secret: 'a secret' } });
    await mailer.send(
      { ...LETTER, unsubscribe: 'https://convivium.example.org/unsubscribe/x' },
      { ...to, address: 'reader@example.org' },
    );
    mailer.close();
    const key = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
    const records: Record<string, string[][]> = {
      '2026a._domainkey.example.org TXT': [[`v=DKIM1; k=rsa; p=${key}`]],
      'example.org TXT': [['v=spf1 ip4:192.0.2.1 -all']],
      '_dmarc.example.org TXT': [['v=DMARC1; p=reject; adkim=s; aspf=s']],
    };
    const resolver = async (name: string, type: string) => {
      const found = records[`${name} ${type}`];
      if (!found) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
      return found;
    };
    const { dkim, spf, dmarc } = await authenticate(server.received[0]?.raw ?? '', {
      ip: '192.0.2.1',
      helo: 'mail.example.org',
      sender: server.received[0]?.from,
      resolver,
    } as never);
    expect(dkim.results.map((one: { status: { result: string } }) => one.status.result)).toEqual(['pass']);
    expect([spf && spf.status.result, dmarc && dmarc.status.result]).toEqual(['pass', 'pass']);
  });
});
