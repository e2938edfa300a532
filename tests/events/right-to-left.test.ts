import { describe, expect, it } from 'vitest';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const world = await registrationWorld(test);
const title = { ar: 'مؤتمر المدن المربية' };
const slug = await world.openEvent({
  title,
  languages: ['ar'],
  venue: { ar: 'قاعة المؤتمرات' },
  description: { ar: '## البرنامج\n\nجلسة **افتتاحية**' },
  categories: [{ key: 'member', name: { ar: 'عضو' } }],
});

describe('an event whose texts are Arabic alone', () => {
  it('shows each of them in its language and its own direction, on a page that stays as it is', async () => {
    const { body } = await test.get(`/events/${slug}`);
    expect(body).toMatch(/<html lang="en"(?! dir="rtl")/);
    expect(body).toContain('<h1 lang="ar" dir="auto">مؤتمر المدن المربية</h1>');
    expect(body).toContain('<span lang="ar" dir="auto">قاعة المؤتمرات</span>');
    expect(body).toMatch(/<div class="prose" lang="ar" dir="auto"><h3>البرنامج<\/h3>/);
    expect(body).toContain('<span lang="ar" dir="auto">عضو</span>');
  });

  it('tells programs its name as it was written', async () => {
    const { body } = await test.get(`/events/${slug}`);
    const data = JSON.parse(/<script type="application\/ld\+json">(.+?)<\/script>/s.exec(body)?.[1] ?? '{}');
    expect(data).toMatchObject({ '@type': 'Event', name: 'مؤتمر المدن المربية' });
  });

  it('takes what people type in their own direction, and writes to them in it', async () => {
    const reader = await test.signedIn(await world.person('قسم العلاقات الدولية', 'reader@example.org'));
    const account = await test.get('/account', reader);
    expect(account.body).toMatch(/<input(?=[^>]* name="name")(?=[^>]* dir="auto")/);
    const made = await test.post(`/events/${slug}/registration`, { category: 'member' }, reader);
    expect(made.statusCode, made.body.slice(0, 500)).toBe(303);
    await test.drain();
    const [mail] = await test.mails('reader@example.org');
    expect(mail?.html).toContain('<span lang="ar" dir="auto">مؤتمر المدن المربية</span>');
    expect(mail?.text).toContain('مؤتمر المدن المربية');
  });
});
