import type { Viewer } from '../accounts/access.ts';
import { mayManageCall, type RunCall } from '../calls/access.ts';

/** What somebody is in the judging of one call. */
export type Standing = 'office' | 'chair' | 'juror';

/** Who runs the jury of a call: the secretariat, and the organisers of the event whose call for experiences it is. */
export function mayRunJury(viewer: Viewer | null, call: RunCall): boolean {
  return mayManageCall(viewer, call);
}

/** A seat outranks an office: an organiser who judges sees what a juror sees. */
export function standingIn(viewer: Viewer | null, call: RunCall, seat: 'juror' | 'chair' | null): Standing | null {
  if (seat === 'juror') return 'juror';
  if (mayRunJury(viewer, call)) return 'office';
  return seat;
}
