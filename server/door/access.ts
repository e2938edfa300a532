import type { Viewer } from '../accounts/access.ts';
import { mayManage } from '../events/rules.ts';

/** Who keeps a door: somebody who runs the event, or a volunteer at one of its doors. */
export interface Keeper {
  personId: string | null;
  keeperId: string | null;
  /** As the other doors read it. */
  name: string;
  /** Whether they may register who comes without having registered. */
  walkIns: boolean;
}

/** A volunteer's device as the database knows it. */
export interface DoorKeeper {
  id: string;
  name: string;
  door: string;
  eventId: string;
  registeredOnly: boolean;
  /** When the door was closed, or they left it. */
  endedAt: Temporal.Instant | null;
  eventEndsAt: Temporal.Instant;
}

// Until when a volunteer's device knows the list: whatever it has not sent by then is sent by the next morning.
const HOURS_AFTER = 24;

/** When lists of guests on devices end, and with them what volunteers may do. */
export function keptUntil(event: { endsAt: Temporal.Instant }): Temporal.Instant {
  return event.endsAt.add({ hours: HOURS_AFTER });
}

/** As whom somebody keeps the door of an event; null: they do not. Whoever runs it is themselves, even on a volunteer's device. Pure. */
export function keeperOf(
  event: { id: string; networkId: string | null },
  viewer: Viewer | null,
  device: DoorKeeper | undefined,
  now: Temporal.Instant,
): Keeper | null {
  if (viewer && mayManage(viewer, event)) return { personId: viewer.personId, keeperId: null, name: viewer.name, walkIns: true };
  if (!device || device.eventId !== event.id || device.endedAt) return null;
  if (Temporal.Instant.compare(now, keptUntil({ endsAt: device.eventEndsAt })) >= 0) return null;
  return { personId: null, keeperId: device.id, name: `${device.name} · ${device.door}`, walkIns: !device.registeredOnly };
}
