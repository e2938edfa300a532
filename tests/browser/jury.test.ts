import { describe, expect, it } from 'vitest';
import { giveAll, judgingWorld } from '../judging/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, page as openPage } from '../support/browser.ts';
import { pdfText } from '../support/pdf.ts';

const test = await testApp();
await test.listen();
const SHOTS = process.env.SHOTS;

/** What of the desk overlaps, is cut off at a side, or stands outside of its pane: every score must be in sight and be hit. */
function outOfPlace(): string[] {
  const pane = document.querySelector('.desk-rubric')?.getBoundingClientRect();
  const steps = [...document.querySelectorAll<HTMLElement>('[data-score] label, .desk-rubric textarea')]
    .filter((one) => one.checkVisibility())
    .map((one) => ({ name: one.textContent?.trim() || one.tagName, box: one.getBoundingClientRect() }));
  if (!pane || steps.length < 20) return [`only ${steps.length} parts`];
  const outside = steps.filter(
    ({ box }) => box.left < pane.left - 1 || box.right > pane.right + 1 || box.width < 20 || box.height < 20,
  );
  const pairs = steps.flatMap((a, at) => steps.slice(at + 1).map((b) => [a, b] as const));
  const onOneAnother = pairs.filter(
    ([{ box: a }, { box: b }]) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1,
  );
  return [...outside.map(({ name }) => `outside: ${name}`), ...onOneAnother.map(([a, b]) => `${a.name} on ${b.name}`)];
}

describe('a juror scores', () => {
  it('with the keyboard, saved as written, through a lost line, and hands in', async () => {
    const world = await judgingWorld(test, { slug: 'keyboard', entries: 3, jurors: 2, countries: ['ES'] });
    await giveAll(test, world);
    const { cookie } = await test.signedIn(world.jurors[0]?.id ?? '');
    const page = await openPage({ baseURL: test.url, cookie, viewport: { width: 768, height: 1024 } });
    await page.goto('/desk/keyboard');
    expect(await page.locator('tbody tr').count()).toBe(2);
    await page.getByRole('link', { name: 'Begin' }).click();
    await page.waitForURL(/\/desk\/keyboard\/[A-Z2-9]{6}/);
    const code = page.url().split('/').at(-1) ?? '';

    // Two panes side by side at 768 px, nothing sticking out.
    const [entry, rubric] = await Promise.all([
      page.locator('.desk-entry').boundingBox(),
      page.locator('.desk-rubric').boundingBox(),
    ]);
    expect(rubric?.x).toBeGreaterThanOrEqual((entry?.x ?? 0) + (entry?.width ?? 0));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(768);
    expect(await page.evaluate(outOfPlace)).toEqual([]);
    // On to the next entry from wherever one is.
    const next = await page.getByRole('button', { name: 'Hand in and go on' }).boundingBox();
    expect((next?.y ?? 9999) + (next?.height ?? 0)).toBeLessThanOrEqual(1024);
    expect(await axeProblems(page)).toEqual([]);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/desk-768.png` });

    await page.getByRole('radio', { name: '0', exact: true }).first().focus();
    await page.keyboard.press('8');
    await page.keyboard.press('1');
    await page.keyboard.press('0');
    expect(await page.locator('[name="scores[relevance]"]:checked').inputValue()).toBe('8');
    expect(await page.locator('[name="scores[impact]"]:checked').inputValue()).toBe('10');
    await page.getByLabel('Comment to the jury').fill('Reaches who is seldom reached.');
    await page.getByText(/^Saved at/).waitFor();
    const { review } = (await test.get(`/api/desk/keyboard/${code}`, world.jurors[0]?.bearer)).json();
    expect(review).toMatchObject({
      scores: { relevance: 8, impact: 10 },
      commentToJury: 'Reaches who is seldom reached.',
      submittedAt: null,
    });

    // On the train: what is typed in the tunnel is there again when the tab comes back.
    await page.context().setOffline(true);
    await page.getByLabel('Comment to the city').fill('Written in a tunnel.');
    await page.getByText(/kept on this device/).waitFor();
    await page.context().setOffline(false);
    await page.goto('about:blank');
    await page.goto(`/desk/keyboard/${code}`);
    expect(await page.getByLabel('Comment to the city').inputValue()).toBe('Written in a tunnel.');
    await page.getByText(/^Saved at/).waitFor();
    await expect
      .poll(async () => (await test.get(`/api/desk/keyboard/${code}`, world.jurors[0]?.bearer)).json().review.commentToApplicant)
      .toBe('Written in a tunnel.');

    await page.getByRole('button', { name: 'Hand in and go on' }).click();
    await page.waitForURL((url) => url.pathname !== `/desk/keyboard/${code}`);
    await page.getByText('Handed in.').waitFor();
    expect(await page.getByText('1 review is left.').count()).toBe(1);
  });

  it('on a phone and in the dark as well', async () => {
    const world = await judgingWorld(test, { slug: 'phone', entries: 2, jurors: 1 });
    await giveAll(test, world);
    const { cookie } = await test.signedIn(world.jurors[0]?.id ?? '');
    const page = await openPage({ baseURL: test.url, cookie, viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await page.goto(`/desk/phone/${world.entries[0]?.code}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await axeProblems(page)).toEqual([]);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/desk-360-dark.png`, fullPage: true });
  });
});

describe('the jury decides', () => {
  it('from the ranking with its uncertainty to the publication, and the proof verifies', async () => {
    const world = await judgingWorld(test, { slug: 'deciding', entries: 8, jurors: 4 });
    await giveAll(test, world);
    for (const [j, juror] of world.jurors.entries()) {
      for (const [i, entry] of world.entries.entries()) {
        const score = Math.max(0, Math.min(10, i + (j % 2) * 2 - ((i * 7 + j * 3) % 3)));
        await test.send(
          'PUT',
          `/api/entries/${entry.id}/reviews/me`,
          { scores: { relevance: score, impact: Math.min(10, score + 1) }, submitted: true },
          juror.bearer,
        );
      }
    }
    const { cookie } = await test.signedIn(world.chair.id);
    const page = await openPage({ baseURL: test.url, cookie, viewport: { width: 1280, height: 900 } });
    await page.goto('/back-office/calls/deciding/ranking');
    expect(await page.locator('.rank-dot').count()).toBe(8);
    expect(await axeProblems(page)).toEqual([]);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/ranking-1280.png`, fullPage: true });
    // The order at the cut is not sure: the jury votes on it, and what it resolved stands on the page.
    const vote = page.getByRole('form', { name: 'Record the order that the jury voted' });
    const places = await vote.getByRole('combobox').all();
    expect(places.length).toBeGreaterThan(1);
    for (const [at, place] of places.entries()) await place.selectOption(String(at + 1));
    await vote.getByLabel('Reasons').fill('It reaches more schools.');
    await vote.getByLabel('Who was there').fill('Juror 1\nJuror 2');
    await vote.getByRole('button').click();
    await page.getByText('It reaches more schools.').waitFor();
    await page.getByRole('link', { name: 'Jury', exact: true }).click();
    await page.getByRole('button', { name: 'Close the scoring' }).click();
    await page.getByText('Scoring was closed on').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Ranking', exact: true }).click();
    await page.getByRole('button', { name: 'Keep this ranking' }).click();
    await page.getByText('The ranking is on record.').waitFor();
    await page.getByRole('link', { name: 'Decisions', exact: true }).click();
    await page.getByLabel('Entry').selectOption(world.entries[7]?.id ?? '');
    await page.getByLabel('Place').fill('1');
    await page.getByLabel('Reasons').fill('It reaches who is seldom reached.');
    await page.getByLabel('Who was there').fill('Juror 1\nJuror 2');
    await page.getByRole('button', { name: 'Put on record' }).click();
    await page.getByText('The decision is on record.').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    expect(await page.getByRole('button', { name: /Publish/ }).count()).toBe(0);

    const office = await openPage({
      baseURL: test.url,
      cookie: (await test.signedIn(world.secretariat.id)).cookie,
      colorScheme: 'dark',
      viewport: { width: 1280, height: 900 },
    });
    await office.goto('/back-office/calls/deciding/jury');
    expect(await axeProblems(office)).toEqual([]);
    if (SHOTS) await office.screenshot({ path: `${SHOTS}/jury-1280-dark.png`, fullPage: true });
    // The final: two finalists, a juror's ballot by keyboard on a phone without a script, and the result in words and as a picture.
    for (const entry of world.entries.slice(4, 6)) {
      const body = { kind: 'shortlisted', entry: entry.id, reasons: { en: 'Among the best.' }, present: ['Juror 1'] };
      await test.send('POST', '/api/calls/deciding/decisions', body, world.chair.bearer);
    }
    await page.goto('/back-office/calls/deciding/ballot');
    await page.getByRole('button', { name: 'Open the ballot' }).click();
    const juror = await openPage({
      baseURL: test.url,
      cookie: (await test.signedIn(world.jurors[0]?.id ?? '')).cookie,
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    });
    await juror.goto('/desk/deciding/ballot');
    await juror.getByLabel('Practice deciding 5').focus();
    await juror.keyboard.press('ArrowDown');
    await juror.keyboard.press('Tab');
    await juror.getByLabel('Practice deciding 4').focus();
    await juror.keyboard.press('ArrowDown');
    await juror.keyboard.press('ArrowDown');
    await juror.getByRole('button', { name: 'Cast the ballot' }).press('Enter');
    await juror.getByText('Your ballot is cast.').waitFor();
    if (SHOTS) await juror.screenshot({ path: `${SHOTS}/ballot-360.png`, fullPage: true });
    await page.reload();
    await page.getByRole('button', { name: 'Close the ballot' }).click();
    await page.getByText('deciding City 5 · Practice deciding 5 beats every other finalist one to one.').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/ballot-1280.png`, fullPage: true });
    await page.goto(`/back-office/calls/deciding/letters/${world.entries[7]?.id}`);
    await page.getByLabel('English').fill('Tell other cities how you began.');
    await page.getByRole('button', { name: 'Save the letter' }).click();
    await page.frameLocator('iframe').getByText('Tell other cities how you began.').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/letter-1280.png`, fullPage: true });

    await office.goto('/back-office/calls/deciding/decisions');
    await office.getByRole('button', { name: /Publish/ }).click();
    await office.getByText('The results are public.').waitFor();
    if (SHOTS) await office.screenshot({ path: `${SHOTS}/decisions-1280-dark.png`, fullPage: true });

    // The laureate's certificate, and what anybody is told of its code.
    await office.getByRole('link', { name: 'Documents' }).last().click();
    await office
      .getByRole('row', { name: /Certificates of laureates/ })
      .getByText('Issue')
      .click();
    await office.getByRole('button', { name: 'Issue one' }).click();
    await office.waitForURL(/\/jobs\//);
    await test.drain();
    await office.reload();
    const href = await office.getByRole('link', { name: 'Download (PDF)' }).getAttribute('href');
    const [text] = pdfText(await (await office.request.get(href ?? '')).body());
    expect(text).toContain('The jury of “Award” gives the award to “Practice deciding 7”.');
    const code = /Code (\S+)/.exec(text ?? '')?.[1];
    await juror.goto('/verify');
    await juror.getByRole('textbox').fill(code?.toLowerCase() ?? '');
    await juror.locator('main form').getByRole('button').click();
    await juror.getByText('deciding City 7').first().waitFor();
    await juror.goto('/calls/deciding/laureates');
    expect(await juror.getByText('Practice deciding 7').count()).toBe(1);
    expect(await juror.getByText('It reaches who is seldom reached.').count()).toBe(1);
    const { chain } = (await test.get('/api/calls/deciding/chain', world.chair.bearer)).json();
    const steps = chain.map((link: { step: string }) => link.step);
    expect(steps).toEqual([
      'call',
      'assignments',
      'tie',
      'scoring',
      'ranking',
      'decision',
      'decision',
      'decision',
      'ballot',
      'publication',
    ]);
  });
});
