import type { FileRule } from '../forms/uploads.ts';

/** What the files of sessions and agendas are kept under until they belong to one. */
export const MATERIAL_ITEM = 'programme-material';

/** What is taken as material: what any reader can open. 20 MB, as the whole house takes. */
export const MATERIAL_RULE: FileRule = {
  itemKey: MATERIAL_ITEM,
  kinds: ['pdf', 'image', 'document', 'spreadsheet', 'presentation'] as FileRule['kinds'],
  maxBytes: 20_000_000,
};
