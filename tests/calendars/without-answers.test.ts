import { describe, expect, it } from 'vitest';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const world = await registrationWorld(test);

describe('R14 where no answers are read', () => {
  it('entries are published without an attendee, and updates and cancellations follow all the same', async () => {
    const slug = await world.openEvent();
    const guest = await world.person('Guest', 'guest@example.org');
    await test.post(`/events/${slug}/registration`, { category: 'member' }, await test.signedIn(guest));
    await test.drain();
    test.clock.advance({ hours: 1 });
    await test.send('PATCH', `/api/events/${slug}`, { starts: `${world.year}-05-27T09:00` }, world.asSecretariat);
    await test.drain();
    await test.send('PUT', `/api/events/${slug}/cancellation`, { reason: { en: 'A storm' } }, world.asSecretariat);
    await test.drain();
    const files = (await test.mails('guest@example.org')).map(({ attachments }) =>
      Buffer.from(attachments[0]?.content ?? [])
        .toString()
        .replaceAll(/\r?\n /g, ''),
    );
    expect(files.map((file) => /METHOD:(\w+)/.exec(file)?.[1])).toEqual(['PUBLISH', 'PUBLISH', 'CANCEL']);
    expect(files.map((file) => /SEQUENCE:(\d+)/.exec(file)?.[1])).toEqual(['0', '1', '2']);
    for (const file of files) {
      expect(file).not.toMatch(/ATTENDEE|RSVP|guest@example\.org|rsvp\+/);
      expect(file).toMatch(/\nORGANIZER;[^\n]*mailto:post@/);
    }
  });
});
