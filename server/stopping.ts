/** What a process opened, and how it lets go of it: once, in the opposite order, whatever asks for it. */
export function closing() {
  const work: (() => Promise<void>)[] = [];
  let keep = false;
  let stopping: Promise<never> | undefined;
  let asked = 0;

  const now = (code: number): Promise<never> => (stopping ??= closeAll(work, code));

  const onSignal = (name: NodeJS.Signals) => {
    // One Ctrl-C may arrive twice, from the terminal and from npm: only a later one is a second wish.
    const again = asked > 0 && performance.now() - asked > 1000;
    if (again) {
      console.error('Stopped at once.');
      process.exit(130);
    }
    if (asked > 0) return;
    asked = performance.now();
    if (name === 'SIGINT') console.error('Finishing what is in hand; Ctrl-C again stops at once.');
    void now(0);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  const onError = (error: unknown) => {
    console.error(error instanceof Error ? error.stack : error);
    void now(1);
  };
  process.on('uncaughtException', onError);
  process.on('unhandledRejection', onError);

  return {
    /** `close` runs before everything that was opened earlier. */
    onStop: (close: () => Promise<void>) => void work.push(close),
    /** Goes on until a signal comes. */
    keepRunning: () => void (keep = true),
    running: () => keep,
    now,
  };
}

async function closeAll(work: (() => Promise<void>)[], code: number): Promise<never> {
  let result = code;
  for (let close = work.pop(); close; close = work.pop()) {
    try {
      await close();
    } catch (error) {
      console.error(error instanceof Error ? error.stack : error);
      result = 1;
    }
  }
  process.exit(result);
}
