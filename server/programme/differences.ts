import type { Programme, Session } from './programme.ts';

/** What of a session is another than before. */
export const ASPECTS = [
  'time',
  'room',
  'title',
  'abstract',
  'kind',
  'track',
  'languages',
  'capacity',
  'speakers',
  'materials',
] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface Difference {
  session: string;
  how: 'added' | 'removed' | 'changed';
  /** Of a changed one. */
  aspects: Aspect[];
  before: Session | null;
  after: Session | null;
}

/** What has changed from one version of a programme to another, in the order of the days. A room or track by another name is not a session's change. Pure. */
export function differencesOf(before: Programme, after: Programme): Difference[] {
  const old = new Map(before.sessions.map((session) => [session.id, session]));
  const kept = new Set(after.sessions.map((session) => session.id));
  const there = after.sessions.flatMap((session): Difference[] => {
    const was = old.get(session.id);
    if (!was) return [{ session: session.id, how: 'added', aspects: [], before: null, after: session }];
    const aspects = ASPECTS.filter((aspect) => stated(aspect, was) !== stated(aspect, session));
    return aspects.length > 0 ? [{ session: session.id, how: 'changed', aspects, before: was, after: session }] : [];
  });
  const gone = before.sessions
    .filter((session) => !kept.has(session.id))
    .map((session): Difference => ({ session: session.id, how: 'removed', aspects: [], before: session, after: null }));
  return [...there, ...gone].toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0));
}

/** Whether two versions say the same, down to the names and order of rooms and tracks. */
export function isSame(a: Programme, b: Programme): boolean {
  const divisions = ({ rooms, tracks }: Programme) =>
    JSON.stringify([
      rooms.map((room) => [room.id, byTag(room.name), room.capacity]),
      tracks.map((track) => [track.id, byTag(track.name)]),
    ]);
  return differencesOf(a, b).length === 0 && divisions(a) === divisions(b);
}

const byTag = (texts: Record<string, string>) => Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1));

const startOf = ({ before, after }: Difference) => (after ?? before)?.startsAt ?? '';

function stated(aspect: Aspect, session: Session): string {
  switch (aspect) {
    case 'time':
      return `${session.startsAt} ${session.endsAt}`;
    case 'room':
      return session.roomId ?? '';
    case 'track':
      return session.trackId ?? '';
    case 'languages':
      return JSON.stringify([session.languages.toSorted(), session.interpreting.toSorted()]);
    case 'speakers':
      return JSON.stringify(session.speakers.map(({ name, organisation, role }) => [name, organisation, role]));
    case 'materials':
      return JSON.stringify(session.materials.map(({ title, url, fileId }) => [title, url, fileId]));
    case 'title':
    case 'abstract':
      return JSON.stringify(byTag(session[aspect]));
    default:
      return String(session[aspect]);
  }
}

// Whoever chose a session plans by when, where and what it is; a better abstract is no reason for a mail.
const PLANNED_BY: readonly Aspect[] = ['time', 'room', 'title', 'kind', 'languages'];

/** Whether those who chose a session are told of this. */
export function tellsThoseWhoChose({ how, aspects }: Difference): boolean {
  return how === 'removed' || aspects.some((aspect) => PLANNED_BY.includes(aspect));
}

/**
 * Who speaks in a session that is another than before, as person → the sessions they are told of: who is new or gone in it, and who
 * stays in one that was added, removed or changed in more than its materials. Pure.
 */
export function speakersConcerned(differences: readonly Difference[]): Map<string, string[]> {
  const told = new Map<string, string[]>();
  for (const { session, how, aspects, before, after } of differences) {
    if (how === 'changed' && aspects.every((aspect) => aspect === 'materials')) continue;
    const people = new Set([...(before?.speakers ?? []), ...(after?.speakers ?? [])].flatMap(({ personId }) => personId ?? []));
    for (const person of people) told.set(person, [...(told.get(person) ?? []), session]);
  }
  return told;
}
