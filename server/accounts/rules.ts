import type { Viewer } from './access.ts';

export const SIGN_IN_LINK_MINUTES = 15;
export const SIGN_IN_DAYS = 30;

/** The path that follows a sign-in: ours, absolute, and not another host in disguise; else home. */
export function safeNext(next: string | null | undefined): string {
  return next && /^\/(?![/\\])[^\s\\]*$/.test(next) && next.length <= 500 ? next : '/';
}

/** "Firefox on Linux": enough for a person to recognise a sign-in, too little to follow them. */
export function deviceName(userAgent: string | undefined): string {
  const text = userAgent ?? '';
  const browser =
    [/Edg\//, /OPR\//, /Firefox\//, /Chrome\//, /Safari\//]
      .map((pattern, i) => (pattern.test(text) ? ['Edge', 'Opera', 'Firefox', 'Chrome', 'Safari'][i] : undefined))
      .find(Boolean) ?? '?';
  const system =
    [/iPhone|iPad/, /Android/, /Windows/, /Mac OS X/, /Linux/]
      .map((pattern, i) => (pattern.test(text) ? ['iOS', 'Android', 'Windows', 'macOS', 'Linux'][i] : undefined))
      .find(Boolean) ?? '?';
  return `${browser} · ${system}`;
}

/** Whether a sign-in's last use is worth a write: once in ten minutes is exact enough for "last seen". */
export function worthNoting(lastSeen: Temporal.Instant, now: Temporal.Instant): boolean {
  return now.since(lastSeen).total('minutes') > 10;
}

/** Whether `viewer` may grant or revoke a role: admins all; the secretariat all but admin. */
export function mayGrant(viewer: Viewer | null, role: string): boolean {
  const held = new Set(viewer?.roles.map((grant) => grant.role));
  return held.has('admin') || (held.has('secretariat') && role !== 'admin');
}
