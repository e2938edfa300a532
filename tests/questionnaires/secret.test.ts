import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { SealedOtherwise } from '../../server/questionnaires/anonymity.ts';
import { askingToken } from '../../server/questionnaires/askings.ts';
import { mailedToken, mustOpenInbox } from '../../server/questionnaires/sealing.ts';
import { mixAnswers } from '../../workers/questionnaires.ts';
import { testApp } from '../support/app.ts';
import { openedQuestionnaire } from './world.ts';

const test = await testApp();
const { db, system } = test;
const before = system.config.secret;
const after = 'another secret, which is as long as it has to be';
const counts = async () =>
  (
    await sql<{ waiting: number; mixed: number }>`
      select (select count(*)::int from answer_inbox) as waiting, (select count(*)::int from answers) as mixed`.execute(db)
  ).rows[0];

describe('another SECRET while sealed answers wait', () => {
  it('keeps the process from starting, loses nothing, and is mended by naming the one before', async () => {
    const { people } = await openedQuestionnaire(db, { people: 14, now: test.clock(), secret: before });
    for (const { token } of people.slice(0, 12)) {
      const sent = await test.send('POST', `/api/askings/${token}/answers`, { answers: { nps: 9 } });
      expect(sent.statusCode, sent.body).toBe(201);
    }
    await mustOpenInbox(db, { secret: before, formerSecrets: [] });
    await expect(mustOpenInbox(db, { secret: after, formerSecrets: [] })).rejects.toThrow('SECRET_BEFORE');

    // A worker that runs all the same leaves the answers where they are.
    const changed = { ...system, config: { ...system.config, secret: after, formerSecrets: [] } };
    await mixAnswers(changed);
    expect(await counts()).toEqual({ waiting: 12, mixed: 0 });

    const mended = { ...changed, config: { ...changed.config, formerSecrets: [before] } };
    await mustOpenInbox(db, mended.config);
    await mixAnswers(mended);
    expect(await counts()).toEqual({ waiting: 5, mixed: 7 });
  });

  it('mails the link that was mailed before, and none that opens nothing', async () => {
    const { rows } = await sql<{
      id: string;
      tokenHash: Buffer;
    }>`select id, token_hash as "tokenHash" from askings limit 1`.execute(db);
    const [asking = { id: '', tokenHash: Buffer.alloc(0) }] = rows;
    expect(mailedToken({ secret: after, formerSecrets: [before] }, asking)).toBe(askingToken(before, asking.id));
    expect(() => mailedToken({ secret: after, formerSecrets: [] }, asking)).toThrow(SealedOtherwise);
  });
});
