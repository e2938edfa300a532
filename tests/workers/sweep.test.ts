import { expect, it } from 'vitest';
import { enqueueSends } from '../../server/sends/actions.ts';
import { sweepSends } from '../../workers/sends.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();

it('keeps what is to be sent in the ledger while there is no mail server', async () => {
  const { db, system, clock } = test;
  const send = {
    cause: 'a test',
    kind: 'accounts.sign-in-link',
    personId: null,
    address: 'somebody@example.org',
    language: 'en',
    payload: {},
  };
  await enqueueSends(db, [send], clock());
  await sweepSends({ ...system, config: { ...system.config, smtpUrl: undefined } }, {});
  const states = async () => (await db.selectFrom('sends').select('state').execute()).map((row) => row.state);
  expect(await states()).toEqual(['queued']);
  await sweepSends(system, {
    'accounts.sign-in-link': async () => ({ subject: 'A test', text: 'A test', html: '<p>A test</p>' }),
  });
  expect(await states()).toEqual(['accepted']);
});
