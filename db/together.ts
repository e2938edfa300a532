import DataLoader from 'dataloader';
import type { Db } from './database.ts';

/** As many as PostgreSQL answers at once without others waiting for it. */
const MOST = 500;

/**
 * What many ask for one by one, in the same moment, becomes one statement: `ask` gets all their questions and answers each at its
 * index. Nothing is kept: who asks later asks anew. A question that cannot be answered fails for who asked it and for nobody else.
 * In turn: what is asked while a statement is under way waits for its end, so that many small writes share a commit.
 */
export function together<Question, Answer>(
  ask: (db: Db, questions: readonly Question[]) => Promise<Answer[]>,
  { inTurn = false }: { inTurn?: boolean } = {},
): (db: Db, question: Question) => Promise<Answer> {
  const loaders = new WeakMap<Db, DataLoader<Question, Answer>>();
  return (db, question) => {
    const known = loaders.get(db);
    const loader = known ?? loaderOf((questions) => eachOf(ask, db, questions), inTurn);
    if (!known) loaders.set(db, loader);
    return loader.load(question);
  };
}

function loaderOf<Question, Answer>(batch: DataLoader.BatchLoadFn<Question, Answer>, inTurn: boolean) {
  const options = { cache: false, maxBatchSize: MOST };
  if (!inTurn) return new DataLoader<Question, Answer>(batch, options);
  let last: Promise<unknown> = Promise.resolve();
  const next: typeof batch = (questions) => {
    const answers = Promise.resolve(batch(questions));
    last = answers.catch(() => {});
    return answers;
  };
  return new DataLoader<Question, Answer>(next, { ...options, batchScheduleFn: (go) => void last.then(go) });
}

async function eachOf<Question, Answer>(
  ask: (db: Db, questions: readonly Question[]) => Promise<Answer[]>,
  db: Db,
  questions: readonly Question[],
): Promise<(Answer | Error)[]> {
  try {
    return await ask(db, questions);
  } catch (error) {
    if (questions.length === 1) throw error;
    return Promise.all(questions.map((question) => ask(db, [question]).then(([answer]) => answer as Answer, asError)));
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error('unknown'));
