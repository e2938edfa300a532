import { expect, it } from 'vitest';
import { passUrl } from '../../server/door/pass.ts';
import { counts } from '../../server/door/queries.ts';
import { visitsWorld } from '../study-visits/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, openBrowser, page as openPage } from '../support/browser.ts';
import { codeFilm } from '../support/code-film.ts';
import { pdfText } from '../support/pdf.ts';

const test = await testApp();
await test.listen();
const world = await visitsWorld(test);
const city = await world.city('vic', 'Vic');
const ona = await world.participant(city, 'Ona Puig');
const nuria = await world.participant(city, 'Núria Solé');
await world.participant(city, 'Pau Serra');
// The camera of this browser shows Núria's pass.
const film = codeFilm(passUrl(test.system.config, { registrationId: nuria.id, personId: nuria.personId }));
await openBrowser([
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
]);
const { id: eventId } = await test.db.selectFrom('events').select('id').where('slug', '=', world.slug).executeTakeFirstOrThrow();
const present = async () => (await counts(test.db, eventId)).find(({ sessionId }) => sessionId === null)?.present;
const { cookie } = await test.signedIn(world.secretariat);
const address = `/door/${world.slug}/app`;
const phone = { baseURL: test.url, viewport: { width: 360, height: 780 } };

it('goes on without a connection, also after it was closed and opened again, and comes to the same as the other door', async () => {
  const page = await openPage({ ...phone, cookie });
  await page.goto(address);
  await page.locator('#door-app[data-offline=ready]').waitFor();
  const state = page.locator('[data-part=state]');
  const look = async (typed: string) => {
    await page.getByLabel('Code or name').fill(typed);
    await page.getByRole('button', { name: 'Find' }).click();
  };
  await look('nuria sole');
  await page.getByText('May come in').waitFor();
  expect(await axeProblems(page)).toEqual([]);

  // The browser's own offline switch lets a request slip through while a page is loaded anew: the server is gone as well.
  await page.context().setOffline(true);
  const { server } = test.app;
  await new Promise((gone) => {
    server.close(gone);
    server.closeAllConnections();
  });
  await look(passUrl(test.system.config, { registrationId: ona.id, personId: ona.personId }));
  await page.getByRole('button', { name: 'Check in: Ona Puig' }).click();
  await page.getByText(/In since/).waitFor();
  await page.reload();
  await look('pau');
  await page.getByRole('button', { name: 'Check in: Pau Serra' }).click();
  await page.getByText('2 not sent yet').waitFor();
  // Somebody comes who has not registered; then a code is held up: the reader was kept on the device too.
  await page.getByText('Somebody who has not registered').click();
  await page.getByLabel('Name', { exact: true }).fill('Walk Inn');
  await page.getByLabel('City').fill('Vic');
  await page.getByLabel('Category').selectOption('member');
  await page.getByRole('button', { name: 'Register and check in' }).click();
  await page.getByText('Registered when there is a connection again').waitFor();
  await page.getByText('3 not sent yet').waitFor();
  await page.evaluate(() => {
    document.addEventListener('door-signal', (event) => {
      document.body.dataset.signal = (event as CustomEvent<string>).detail;
    });
  });
  await page.getByRole('button', { name: 'Scan with the camera' }).click();
  await page.getByRole('heading', { name: 'Núria Solé' }).waitFor();
  expect(await page.locator('body').getAttribute('data-signal')).toBe('good');
  await page.getByRole('button', { name: 'Scan with the camera' }).click();
  expect(await present()).toBe(0);
  // What stands on the device tells nobody who was invited.
  const kept = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const request = indexedDB.open('door');
        request.onsuccess = () => {
          const all = request.result.transaction('kept').objectStore('kept').getAll();
          all.onsuccess = () =>
            resolve(
              all.result
                .map((value: unknown) =>
                  value instanceof CryptoKey
                    ? `key ${value.extractable}`
                    : new TextDecoder('latin1').decode((value as { sealed: ArrayBuffer }).sealed),
                )
                .join('\n'),
            );
        };
      }),
  );
  expect([kept.includes('Ona'), kept.includes('key false')]).toEqual([false, true]);

  // Meanwhile another door has a connection: one of the two, and somebody else.
  const step = (registration: string) => ({ id: crypto.randomUUID(), registration });
  await test.send('POST', `/api/events/${world.slug}/check-ins`, { steps: [step(ona.id), step(nuria.id)] }, world.asSecretariat);
  const { hostname, port } = new URL(test.url);
  await new Promise<void>((back) => server.listen(Number(port), hostname, back));
  await page.context().setOffline(false);
  await page.locator('#door-app[data-unsent="0"]').waitFor();
  expect(await present()).toBe(4);
  await page.getByText('4 of').waitFor();
  await look('nuria');
  await page.getByRole('button', { name: 'Undo: Núria Solé' }).click();
  await page.locator('#door-app[data-unsent="0"]').waitFor();
  await expect.poll(present).toBe(3);
  expect(await state.innerText()).toContain('3 of');
  await look('walk inn');
  await page.getByText(/In since/).waitFor();
});

it('leaves nothing on the device of a volunteer who leaves', async () => {
  const made = await test.post(`/back-office/events/${world.slug}/door/doors`, { name: 'North' }, { cookie });
  const link = /\/door-links\/[\w-]{43}/.exec(made.body)?.[0] ?? '';
  const page = await openPage(phone);
  await page.goto(link);
  await page.getByLabel('Your name').fill('Volunteer');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('link', { name: 'As an app' }).click();
  await page.locator('#door-app[data-offline=ready]').waitFor();
  await page.getByRole('button', { name: 'Leave this door' }).click();
  await page.waitForURL(/done=doorLeft/);
  expect(await page.evaluate(async () => [(await indexedDB.databases()).length, (await caches.keys()).length])).toEqual([0, 0]);
});

it('goes from the badge to who is here now, and to certificates for those who were', async () => {
  const base = `/back-office/events/${world.slug}`;
  const page = await openPage({ baseURL: test.url, cookie });
  const made = async () => {
    await page.waitForURL(/\/documents\/jobs\//);
    await test.drain();
    await page.reload();
    await page.getByText('Ready for download').waitFor();
    const href = await page.getByRole('link', { name: /^Download/ }).getAttribute('href');
    return pdfText(await (await page.request.get(href ?? '')).body());
  };
  await page.goto(`${base}/documents`);
  await page.getByRole('button', { name: 'Make the badges' }).click();
  const badges = (await made()).join(' ');
  for (const name of ['Ona Puig', 'Núria Solé', 'Walk Inn']) expect(badges).toContain(name);

  await page.clock.install();
  await page.goto(`${base}/door`);
  expect(await page.locator('#door-counts').innerText()).not.toContain('Núria Solé');
  const step = { id: crypto.randomUUID(), registration: nuria.id };
  await test.send('POST', `/api/events/${world.slug}/check-ins`, { steps: [step] }, world.asSecretariat);
  await page.clock.runFor(6000);
  await page.locator('#door-counts').getByText('Núria Solé').waitFor();

  await page.goto(`${base}/documents`);
  await page.getByRole('link', { name: 'Issue: Certificates of attendance' }).click();
  await page.locator('#f-language').selectOption('en');
  await page.getByRole('button', { name: 'Issue 4' }).click();
  const certificates = await made();
  expect(certificates.length).toBe(4);
  const { code } = await test.db
    .selectFrom('documents')
    .select('code')
    .where('registration_id', '=', nuria.id)
    .executeTakeFirstOrThrow();
  const reader = await openPage(phone);
  await reader.goto(`/verify/${code}`);
  await reader.getByText('Núria Solé').waitFor();
  expect(await axeProblems(reader)).toEqual([]);
});
