import type { Programme, Session } from './programme.ts';

export interface Overlap {
  kind: 'room' | 'speaker';
  /** The two sessions, the earlier one first. */
  sessions: [string, string];
  /** The room's id, or the speaker's name. */
  what: string;
}

/**
 * Which sessions need the same room or the same speaker at the same time; one that begins when another ends does not overlap it.
 * A person is known by their id, and somebody who is only a name by that name. Sorted by start. Pure.
 */
export function overlapsOf({ sessions }: Pick<Programme, 'sessions'>): Overlap[] {
  const order = sessions.toSorted((a, b) => compare(a, b));
  return order.flatMap((session, at) => {
    const found: Overlap[] = [];
    for (const other of order.slice(at + 1)) {
      if (other.startsAt >= session.endsAt) break;
      found.push(...between(session, other));
    }
    return found;
  });
}

function between(a: Session, b: Session): Overlap[] {
  const pair: [string, string] = [a.id, b.id];
  const rooms: Overlap[] = a.roomId !== null && a.roomId === b.roomId ? [{ kind: 'room', sessions: pair, what: a.roomId }] : [];
  const there = new Set(b.speakers.map(keyOf));
  const twice = new Map(a.speakers.filter((speaker) => there.has(keyOf(speaker))).map((one) => [keyOf(one), one.name]));
  return [...rooms, ...[...twice.values()].map((what): Overlap => ({ kind: 'speaker', sessions: pair, what }))];
}

const keyOf = (speaker: Session['speakers'][number]) => speaker.personId ?? `name:${speaker.name.trim().toLocaleLowerCase('en')}`;

const compare = (a: Session, b: Session) =>
  a.startsAt === b.startsAt ? (a.id < b.id ? -1 : 1) : a.startsAt < b.startsAt ? -1 : 1;

export interface Concern {
  code: 'over-room' | 'outside-event';
  session: string;
}

/** What else an organiser should look at: more places than the room holds, a day on which the event is not. Pure. */
export function concernsOf(programme: Programme, event: { starts: string; ends: string }): Concern[] {
  const rooms = new Map(programme.rooms.map((room) => [room.id, room]));
  return programme.sessions.flatMap((session): Concern[] => {
    const holds = session.roomId === null ? null : (rooms.get(session.roomId)?.capacity ?? null);
    const day = session.starts.slice(0, 10);
    return [
      ...(holds !== null && session.capacity !== null && session.capacity > holds
        ? [{ code: 'over-room', session: session.id } as const]
        : []),
      ...(day < event.starts.slice(0, 10) || day > event.ends.slice(0, 10)
        ? [{ code: 'outside-event', session: session.id } as const]
        : []),
    ];
  });
}
