import type { Definition } from '../forms/definition.ts';
import type { FileRule } from '../forms/uploads.ts';

const MOST_BYTES = 5_000_000;
/** What a picture may be: told by its first bytes. */
export const PICTURE: FileRule = { itemKey: 'picture', kinds: ['image'], maxBytes: MOST_BYTES };

/** The one question of an activity that takes a file, as the forms engine knows it. */
export const PICTURE_FORM = {
  pages: [{ key: 'picture', items: [{ key: 'picture', type: 'file', accept: ['image'], maxBytes: MOST_BYTES, maxFiles: 1 }] }],
} as unknown as Definition;
