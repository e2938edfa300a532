/**
 * Somebody's lot, from 0 to 1 (1 comes first): of the recorded seed and their own id, so that it can be drawn again and does not
 * depend on who else is there. FNV-1a, then the finaliser of MurmurHash3.
 */
export function lot(seed: number, id: string): number {
  let hash = 0x811c9dc5;
  for (const sign of `${seed}:${id}`) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}
