import type { Db } from '../db/database.ts';
import { agenda, motions, voters } from '../db/demo/assembly.ts';
import { rooms, sessions, tracks } from '../db/demo/programme.ts';
import type { Viewer } from './accounts/access.ts';
import { eventBySlug } from './events/queries.ts';
import { createSession, releaseProgramme } from './programme/actions.ts';
import { writeAgendaItem } from './programme/agenda.ts';
import { holdAssembly, setVoter } from './programme/assembly.ts';
import { AgendaItemWrite, AssemblyWrite, MotionWrite, VoterWrite } from './programme/assembly-input.ts';
import { RoomWrite, SessionWrite, TrackWrite } from './programme/input.ts';
import { writeMotion } from './programme/motions.ts';
import { writeDivision } from './programme/rooms.ts';

/** Two days of the congress in four languages, released. */
export async function loadProgramme(db: Db, viewer: Viewer, congress: string, now: Temporal.Instant): Promise<void> {
  const event = await eventBySlug(db, congress);
  if (!event) return;
  const ids = new Map<string, string>();
  for (const { key, ...room } of rooms)
    ids.set(key, await writeDivision(db, viewer, congress, 'rooms', RoomWrite.parse(room), null));
  for (const { key, ...track } of tracks)
    ids.set(key, await writeDivision(db, viewer, congress, 'tracks', TrackWrite.parse(track), null));
  for (const { day, at, room, track, ...session } of sessions) {
    const starts = `${event.starts.toPlainDate().add({ days: day }).toString()}T${at}`;
    const written = { ...session, starts, roomId: ids.get(room), trackId: track && ids.get(track) };
    await createSession(db, viewer, congress, SessionWrite.parse(written), now);
  }
  await releaseProgramme(db, viewer, congress, '', now);
}

/** The General Assembly beside the congress: its agenda, two motions to come and the first cities that vote. */
export async function loadAssembly(db: Db, viewer: Viewer, congress: string, cities: ReadonlyMap<string, string>): Promise<void> {
  await holdAssembly(db, viewer, congress, AssemblyWrite.parse({ quorumPercent: 50, proxyLimit: 1 }));
  const items: string[] = [];
  for (const item of agenda) items.push(await writeAgendaItem(db, viewer, congress, AgendaItemWrite.parse(item), null));
  for (const { item, ...motion } of motions)
    await writeMotion(db, viewer, congress, MotionWrite.parse({ ...motion, itemId: items[item] }), null);
  for (const { city, proxyTo, ...voter } of voters) {
    const written = { ...voter, proxyTo: proxyTo && cities.get(proxyTo) };
    await setVoter(db, viewer, congress, cities.get(city) ?? '', VoterWrite.parse(written));
  }
}
