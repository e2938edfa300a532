import { afterAll } from 'vitest';

const work: (() => Promise<void> | void)[] = [];

/** Called once from the set-up file, before any hook of the test file itself. */
export function runAfterFile(): void {
  afterAll(async () => {
    for (const close of work.splice(0).toReversed()) await close();
  });
}

/** Runs `close` when the test file is done, the last one asked for first. May be called anywhere: at the top, in a hook, in a test. */
export function afterFile(close: () => Promise<void> | void): void {
  work.push(close);
}
