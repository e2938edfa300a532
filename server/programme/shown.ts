import type { Programme, Session, Texts } from './programme.ts';

/** A session as everybody may read it: with the names of its room and track, without who its speakers are as people. */
export interface ShownSession extends Omit<Session, 'roomId' | 'trackId' | 'speakers' | 'materials' | 'sequence' | 'updatedAt'> {
  room: { id: string; name: Texts } | null;
  track: { id: string; name: Texts } | null;
  speakers: { name: string; organisation: string; role: Session['speakers'][number]['role'] }[];
  materials: { title: string; url: string }[];
  /** Places left; null where it has none of its own. */
  free: number | null;
}

/** Draws sessions of a programme. `at` is the event's address; `free` the places left by session. Pure. */
export function shown(
  programme: Programme,
  sessions: readonly Session[],
  { at, free }: { at: string; free: ReadonlyMap<string, number> },
): ShownSession[] {
  const rooms = new Map(programme.rooms.map(({ id, name }) => [id, { id, name }]));
  const tracks = new Map(programme.tracks.map(({ id, name }) => [id, { id, name }]));
  return sessions.map(({ roomId, trackId, speakers, materials, sequence: _sequence, updatedAt: _at, ...session }) => ({
    ...session,
    room: (roomId && rooms.get(roomId)) || null,
    track: (trackId && tracks.get(trackId)) || null,
    speakers: speakers.map(({ name, organisation, role }) => ({ name, organisation, role })),
    materials: materials.map(({ title, url, fileId }) => ({ title, url: url ?? `${at}/files/${fileId}` })),
    free: session.capacity === null ? null : (free.get(session.id) ?? 0),
  }));
}
