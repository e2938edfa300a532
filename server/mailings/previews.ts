import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/database.ts';
import type { Mail } from '../../emails/mailer.ts';
import { mailingLetter } from '../../emails/mailings/letter.tsx';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { enqueueSend } from '../sends/actions.ts';
import type { System } from '../system.ts';
import { audienceSql } from './audience.ts';
import { runMailing } from './found.ts';
import { linksFor } from './letter-links.ts';
import { type Recipient, sampleOf } from './letters.ts';
import type { Mailing } from './queries.ts';

/**
 * The letter as one of the audience gets it, made by what makes those that are sent. `language`: as if they read in that. Errors:
 * NotFound when there is no such person in the audience.
 */
export async function previewOf(
  { db, config }: Pick<System, 'db' | 'config'>,
  mailing: Mailing,
  { person, language }: { person?: string; language?: string },
): Promise<{ mail: Mail; recipient: Recipient }> {
  const found = await sampleOf(db, mailing, audienceSql(mailing, { shown: true }), { personId: person, language });
  if (!found) throw new NotFound();
  const recipient = { ...found, language: language ?? found.language };
  const site = { installation: config.installationName, url: config.publicUrl };
  const letter = { mailing, recipient };
  return { mail: mailingLetter(letter, site, linksFor(config, letter, { preview: true })), recipient };
}

/** Sends the letter to whoever asks for it, as somebody of the audience would get it. Errors: NotFound, Refused. */
export async function sendTest(
  db: Db,
  viewer: Viewer,
  id: string,
  { language }: { language?: string },
  now: Temporal.Instant,
): Promise<void> {
  const mailing = await runMailing(db, viewer, id);
  if (!mailing.texts[mailing.defaultLanguage]) throw new Refused('mailing-without-text');
  if (!viewer.email) throw new Refused('no-address');
  const reader = language ?? viewer.language;
  const sample = await sampleOf(db, mailing, audienceSql(mailing, { shown: true }), { language: reader });
  if (!sample) throw new Refused('mailing-to-nobody');
  await enqueueSend(
    db,
    {
      cause: `mailing-test:${randomUUID()}`,
      kind: 'mailings.test',
      personId: viewer.personId,
      address: viewer.email,
      language: reader,
      payload: { mailing: id, person: sample.personId, organisation: sample.organisationId, language: reader },
      expiresAt: now.add({ hours: 24 }),
    },
    now,
  );
}
