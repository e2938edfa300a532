import type { System } from '../server/system.ts';
import { accountHandlers } from './accounts.ts';
import { activityHandlers } from './activities.ts';
import { calendarHandlers } from './calendars.ts';
import { callHandlers } from './calls.ts';
import { documentHandlers } from './documents.ts';
import { eventHandlers } from './events.ts';
import { collect, type Handlers, type Recurring } from './handler.ts';
import { judgingHandlers } from './judging.ts';
import { mailingHandlers } from './mailings.ts';
import { programmeHandlers } from './programme.ts';
import { questionnaireHandlers } from './questionnaires.ts';
import { Hopeless, type Queues, type Work } from './queue.ts';
import { registrationHandlers } from './registrations.ts';
import { startRelay } from './relay.ts';
import { schedule } from './schedule.ts';
import { sendHandlers, stopDelivering } from './sends.ts';
import { studyVisitHandlers } from './study-visits.ts';
import { troubleHandlers } from './troubles.ts';

/** What is done about each topic of the outbox: a line per feature. */
export const handlers: Handlers = collect(
  questionnaireHandlers,
  accountHandlers,
  programmeHandlers,
  eventHandlers,
  activityHandlers,
  registrationHandlers,
  studyVisitHandlers,
  callHandlers,
  judgingHandlers,
  mailingHandlers,
  calendarHandlers,
  documentHandlers,
  sendHandlers,
  troubleHandlers,
);

const CONCURRENCY = 8;

/** Starts the relay, the workers and the recurring jobs. The answer ends them: what is in hand is finished first. */
export async function startWorkers(system: System, queues: Queues, parts = { handlers, schedule }): Promise<() => Promise<void>> {
  await queues.schedule(parts.schedule);
  const endFacts = queues.work('facts', CONCURRENCY, (work) => handle(system, parts.handlers, work));
  const endRecurring = queues.work('recurring', 2, async ({ name }) => {
    await parts.schedule.find((job) => job.name === name)?.run(system);
  });
  const first = parts.schedule.filter(({ atStart }) => atStart).map((job) => runFirst(system, job));
  const endRelay = startRelay(system.db, (facts) => queues.add(facts), system.log);
  return async () => {
    stopDelivering(system);
    await endRelay();
    await Promise.all([endFacts(), endRecurring(), ...first]);
  };
}

async function runFirst(system: System, { name, run }: Recurring): Promise<void> {
  try {
    await run(system);
  } catch (error) {
    system.log.error({ err: error, name }, 'recurring work failed');
  }
}

async function handle(system: System, handlers: Handlers, { name: topic, data, attempt }: Work): Promise<void> {
  const handler = handlers[topic];
  if (!handler) throw new Hopeless(`nobody knows the topic ${topic}`);
  const { id, payload } = data as { id: string; payload: Record<string, unknown> };
  await handler(payload, system, { id, topic, attempt });
}
