import 'temporal-polyfill/global';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Kysely, PostgresDialect } from 'kysely';
import { connect } from '../../db/database.ts';
import { answer } from '../../server/questionnaires/answering.ts';
import { askedBy, definitionOf } from '../../server/questionnaires/queries.ts';
import { hashToken } from '../../server/tokens.ts';

// The statements of an answer, sent straight to PostgreSQL: what the product over HTTP is measured against. They are recorded from
// the product's own functions for one person. Arguments: database URL, file of tokens, clients. Prints answers a second.

const [url, file, clients] = process.argv.slice(2);
const tokens = JSON.parse(readFileSync(file ?? '', 'utf8')) as string[];
const { db, pool } = connect(url ?? '', Math.max(6, 3 * availableParallelism()));
const now = Temporal.Now.instant();
const sample = await askedBy(db, tokens[0] ?? '');
const definition = await definitionOf(db, sample.formVersionId);

const recorded: { name: string; text: string; values: unknown[] }[] = [];

const listening = new Kysely<never>({
  dialect: new PostgresDialect({ pool }),
  log: ({ query }) => void recorded.push({ name: `straight_${recorded.length}`, text: query.sql, values: [...query.parameters] }),
});
await askedBy(listening as never, tokens[0] ?? '');
await answer(listening as never, sample, definition, { nps: '9', first: 'yes' }, { key: Buffer.alloc(32), now });

let next = 1;
const began = performance.now();
await Promise.all(
  Array.from({ length: Number(clients) }, async () => {
    for (let token = tokens[next++]; token !== undefined; token = tokens[next++]) {
      const hash = hashToken(token);
      // The token's hash is the one parameter of 32 bytes.
      for (const { name, text, values } of recorded)
        await pool.query({
          name,
          text,
          values: values.map((value) => (Buffer.isBuffer(value) && value.length === 32 ? hash : value)),
        });
    }
  }),
);
process.stdout.write(String((tokens.length - 1) / ((performance.now() - began) / 1000)));
await db.destroy();
