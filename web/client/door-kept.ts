import { after, type Change, type DoorList, merged, type Step, type WalkIn, withWalkIn } from './door-list.ts';
import { ask, Gone } from './door-server.ts';
import { keep, kept, wipe } from './door-store.ts';

const MOST_STEPS = 500;
const MOST_WALK_INS = 25;

/** Somebody who was not taken when there was a connection again. */
export interface NotTaken {
  name: string;
  code: string;
}

/** A door as its device keeps it. */
export interface Door {
  slug: string;
  api: string;
  /** Who keeps it, as the other doors read it. */
  by: string;
  list: DoorList | undefined;
  /** What is still to be sent. */
  steps: Step[];
  walkIns: WalkIn[];
  notTaken: NotTaken[];
  /** How many steps were not taken since the page was opened. */
  refused: number;
  connected: boolean;
  sending: boolean;
  listKept: boolean;
}

export const unsent = (door: Door) => door.steps.length + door.walkIns.length;

/** The door as it was left on this device. After its last day there is no list. */
export async function openDoor(slug: string, by: string): Promise<Door> {
  const api = `/api/events/${encodeURIComponent(slug)}`;
  const door: Door = {
    slug,
    api,
    by,
    list: await kept<DoorList>(`list ${slug}`),
    steps: (await kept<Step[]>(`queue ${slug}`)) ?? [],
    walkIns: (await kept<WalkIn[]>(`walk-ins ${slug}`)) ?? [],
    notTaken: (await kept<NotTaken[]>(`not-taken ${slug}`)) ?? [],
    refused: 0,
    connected: true,
    sending: false,
    listKept: false,
  };
  if (door.list && Date.parse(door.list.until) < Date.now()) {
    if (unsent(door) === 0) await wipe();
    door.list = undefined;
  }
  if (door.list) door.list = onTop(door, door.list);
  return door;
}

// What is still to be sent from here is done again on top of what the server told.
const onTop = (door: Door, list: DoorList, changes: readonly Change[] = []) =>
  door.walkIns.reduce((now, walkIn) => withWalkIn(now, walkIn, door.by), merged(list, changes, door.steps, door.by));

/** Notes a step. Kept before it is shown: what a volunteer saw done is done. */
export async function note(door: Door, step: Step): Promise<void> {
  if (!door.list) return;
  door.steps = [...door.steps, step];
  door.list = after(door.list, step, door.by);
  await keep(`queue ${door.slug}`, door.steps);
}

/** Notes somebody who came without having registered, the same way. */
export async function noteWalkIn(door: Door, walkIn: WalkIn): Promise<void> {
  if (!door.list) return;
  door.walkIns = [...door.walkIns, walkIn];
  door.list = withWalkIn(door.list, walkIn, door.by);
  await keep(`walk-ins ${door.slug}`, door.walkIns);
}

export async function forget(door: Door, which: NotTaken): Promise<void> {
  door.notTaken = door.notTaken.filter((one) => one !== which);
  await keep(`not-taken ${door.slug}`, door.notTaken);
}

/**
 * Sends what was done and asks what other doors did. Answers by which registrations people are known who were noted here; `gone`: this
 * door was closed.
 */
export async function sync(door: Door): Promise<Map<string, string> | 'gone'> {
  const known = new Map<string, string>();
  if (door.sending) return known;
  door.sending = true;
  try {
    door.list ??= await ask<DoorList>(`${door.api}/door`);
    let stale = await sendWalkIns(door, known);
    stale = (await sendSteps(door)) || stale;
    const changes = await ask<{ at: string; seen: Change[]; stale: boolean }>(
      `${door.api}/check-ins/changes?since=${encodeURIComponent(door.list.at)}`,
    );
    stale ||= changes.stale;
    door.list = stale
      ? onTop(door, await ask<DoorList>(`${door.api}/door`))
      : { ...onTop(door, door.list, changes.seen), at: changes.at };
    if (stale || changes.seen.length > 0 || !door.listKept) await keep(`list ${door.slug}`, door.list);
    door.listKept = true;
    door.connected = true;
  } catch (error) {
    if (error instanceof Gone) return 'gone';
    door.connected = false;
  } finally {
    door.sending = false;
  }
  return known;
}

async function sendWalkIns(door: Door, known: Map<string, string>): Promise<boolean> {
  let told = false;
  while (door.walkIns.length > 0) {
    const walkIns = door.walkIns.slice(0, MOST_WALK_INS);
    const { results } = await ask<{ results: { id: string; code: string | null; registrationId: string | null }[] }>(
      `${door.api}/walk-ins`,
      { sentAt: new Date().toISOString(), walkIns },
    );
    const names = new Map(walkIns.map(({ id, name }) => [id, name]));
    const fresh = results.flatMap(({ id, code }) => (code ? [{ name: names.get(id) ?? '', code }] : []));
    for (const { id, registrationId } of results) if (registrationId) known.set(id, registrationId);
    // Who was not taken is kept first: better told twice than not at all.
    door.notTaken = [...door.notTaken, ...fresh];
    if (fresh.length > 0) await keep(`not-taken ${door.slug}`, door.notTaken);
    const left = door.walkIns.filter(({ id }) => !results.some((result) => result.id === id));
    if (left.length === door.walkIns.length) break;
    door.walkIns = left;
    await keep(`walk-ins ${door.slug}`, door.walkIns);
    told = true;
  }
  return told;
}

// What was refused must not go on looking as if it were true: then the list is asked for anew.
async function sendSteps(door: Door): Promise<boolean> {
  let stale = false;
  while (door.steps.length > 0) {
    const { results } = await ask<{ results: { id: string; result: string }[] }>(`${door.api}/check-ins`, {
      sentAt: new Date().toISOString(),
      steps: door.steps.slice(0, MOST_STEPS),
    });
    const done = new Set(results.map(({ id }) => id));
    const refused = results.filter(({ result }) => result === 'refused').length;
    door.refused += refused;
    stale ||= refused > 0;
    const left = door.steps.filter(({ id }) => !done.has(id));
    if (left.length === door.steps.length) break;
    door.steps = left;
    await keep(`queue ${door.slug}`, door.steps);
  }
  return stale;
}
