const MOMENT_MS = 250;
const MOST_AHEAD = 200;

export interface Turns {
  take(): Promise<void>;
  giveBack(): void;
}

/** Turns of connections: taken before a message leaves, given back when it is written down what became of it. */
export function turnsOf(most: number): Turns {
  let free = most;
  const waiting: (() => void)[] = [];
  return {
    take: () => {
      if (free === 0) return new Promise((resolve) => waiting.push(resolve));
      free--;
      return Promise.resolve();
    },
    giveBack: () => {
      const next = waiting.shift();
      if (next) next();
      else free++;
    },
  };
}

/** How many messages are made ahead of their turn: as many as have left in the last moment. */
export function aheadOf() {
  let began = performance.now();
  let most = 0;
  let ended = 0;
  return {
    most: () => most,
    ended: () => {
      ended++;
      const now = performance.now();
      if (now - began < MOMENT_MS) return;
      most = Math.min(MOST_AHEAD, Math.floor((ended * MOMENT_MS) / (now - began)));
      [ended, began] = [0, now];
    },
  };
}
