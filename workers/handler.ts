import type { System } from '../server/system.ts';

/**
 * What is done about one fact of the outbox. It may be called more than once for the same fact (a worker was killed, the queue was
 * slow), also at the same time, and must then do nothing more. To fail is to throw: it is tried again later, less and less often.
 */
export type Handler = (payload: Record<string, unknown>, system: System, job: Job) => Promise<void>;

export interface Job {
  /** The id of the outbox row: the same at every attempt. */
  id: string;
  topic: string;
  /** 1 at the first attempt. */
  attempt: number;
}

export type Handlers = Record<string, Handler>;

/** What is done again and again, by one worker at a time. */
export interface Recurring {
  /** Unique; letters and dashes. */
  name: string;
  /** Seconds from start to start. */
  every: number;
  what: string;
  /** Also when a worker starts: what one that died left behind waits for no turn. */
  atStart?: boolean;
  run(system: System): Promise<unknown>;
}

/** The handlers of all features as one map. Two features may not claim one topic. */
export function collect(...parts: Handlers[]): Handlers {
  const all: Handlers = {};
  for (const [topic, handler] of parts.flatMap((part) => Object.entries(part))) {
    if (all[topic]) throw new Error(`Two handlers for the topic ${topic}`);
    all[topic] = handler;
  }
  return all;
}
