import type { Guest, Seen } from '../../server/door/guests.ts';
import { entryRefusal, type Place } from '../../server/door/rules.ts';

/** Somebody of the list that a device keeps; of their pass only what it hashes to. */
export type Listed = Guest & { pass: string };

export interface DoorList {
  at: string;
  until: string;
  event: { slug: string; cancelled: boolean; zone: string; defaultLanguage: string };
  categories: { key: string; name: Record<string, string> }[];
  sessions: { id: string; places: boolean }[];
  guests: Listed[];
}

/** What the device did and has not been told yet that it is written down. */
export interface Step {
  id: string;
  kind: 'in' | 'undo';
  registration: string;
  person: string;
  session?: string;
  at: string;
  anyway: boolean;
  undoes: string[];
}

/** Somebody who came without having registered, as the device noted it. */
export interface WalkIn {
  id: string;
  at: string;
  name: string;
  email: string;
  organisation: string;
  category: string;
  /** In which they are written to. */
  language: string;
}

/** As the search compares: without accents, case and punctuation. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Who is meant by what was scanned or typed: the one of the pass or reference, else whoever has all the words. At most twenty. */
export function found(list: DoorList, typed: string, passHash: string | undefined): Listed[] {
  if (passHash !== undefined) return list.guests.filter(({ pass }) => pass === passHash);
  const reference = typed.trim().toUpperCase();
  const exact = list.guests.filter((guest) => guest.reference === reference);
  if (exact.length > 0) return exact;
  const words = folded(typed).split(' ').filter(Boolean);
  if (words.length === 0) return [];
  return list.guests
    .filter((guest) => {
      const text = folded(`${guest.name} ${guest.organisation ?? ''}`);
      return words.every((word) => text.includes(word));
    })
    .slice(0, 20);
}

export function placeOf(list: DoorList, id: string): Place {
  const session = list.sessions.find((one) => one.id === id);
  return session ?? { id: null, places: false };
}

export const seenAt = (guest: Guest, place: Place): Seen | undefined =>
  guest.seen.find(({ sessionId }) => sessionId === place.id);

export const refusalOf = (list: DoorList, guest: Guest, place: Place) =>
  entryRefusal(guest, place, { cancelled: list.event.cancelled });

/** The list as it is once a step is done; the same list when the step is of nobody in it. */
export function after(list: DoorList, step: Step, by: string): DoorList {
  const sessionId = step.session ?? null;
  return {
    ...list,
    guests: list.guests.map((guest) => {
      if (guest.registrationId !== step.registration || guest.personId !== step.person) return guest;
      const others = guest.seen.filter((seen) => seen.sessionId !== sessionId);
      const own = guest.seen.find((seen) => seen.sessionId === sessionId);
      if (step.kind === 'undo') return { ...guest, seen: others };
      return { ...guest, seen: [...others, own ?? { sessionId, cameAt: step.at, by, steps: [step.id] }] };
    }),
  };
}

export interface Change {
  registrationId: string;
  personId: string;
  sessionId: string | null;
  seen: Seen | null;
}

/** The list with what other doors did meanwhile. What is still to be sent from here is done again on top of it. */
export function merged(list: DoorList, changes: readonly Change[], queue: readonly Step[], by: string): DoorList {
  const told = new Map(
    changes.map((change) => [`${change.registrationId} ${change.personId} ${change.sessionId ?? ''}`, change]),
  );
  const guests = list.guests.map((guest) => {
    const mine = [...told.values()].filter(
      (one) => one.registrationId === guest.registrationId && one.personId === guest.personId,
    );
    if (mine.length === 0) return guest;
    const kept = guest.seen.filter((seen) => !mine.some(({ sessionId }) => sessionId === seen.sessionId));
    return { ...guest, seen: [...kept, ...mine.flatMap(({ seen }) => (seen ? [seen] : []))] };
  });
  return queue.reduce((now, step) => after(now, step, by), { ...list, guests });
}

/** What a guest's category is called, by language. */
export const categoryOf = (list: DoorList, guest: Guest) =>
  list.categories.find(({ key }) => key === guest.category)?.name ?? guest.categoryName;

/** Whether the server does not know them yet: they were noted here without connection. */
export const isProvisional = (guest: Guest) => guest.reference === '';

/** The list with somebody who came without having registered, and is here. */
export function withWalkIn(list: DoorList, walkIn: WalkIn, by: string): DoorList {
  const { id, at, name, organisation, category } = walkIn;
  const guest: Listed = {
    registrationId: id,
    personId: id,
    name,
    organisation: organisation || null,
    category,
    categoryName: {},
    state: 'confirmed',
    reference: '',
    sessionIds: [],
    pass: '',
    seen: [{ sessionId: null, cameAt: at, by, steps: [id] }],
  };
  return { ...list, guests: [...list.guests.filter(({ registrationId }) => registrationId !== id), guest] };
}
