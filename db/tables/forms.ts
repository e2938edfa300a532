import type { Generated } from 'kysely';
import type { Jsonb, Now, Texts } from './base.ts';

export type FormKindColumn = 'registration' | 'application' | 'questionnaire' | 'selfAssessment';

export interface FormsTable {
  id: Generated<string>;
  kind: FormKindColumn;
  name: Texts;
  /** The definition as it is being edited; what people see is the newest row of form_versions. */
  draft: Jsonb<unknown>;
  /** Counts the savings of the draft: who saves says which one they saw. */
  draft_number: Generated<number>;
  draft_changed_by: string | null;
  draft_changed_at: Now;
  created_by: string | null;
  created_at: Now;
}

export interface FormVersionsTable {
  id: Generated<string>;
  form_id: string;
  /** Counts every putting into use. */
  version: number;
  /** The structure it has: grows when items, options or conditions change. */
  major: number;
  /** Wordings of that structure. */
  revision: Generated<number>;
  definition: Jsonb<unknown>;
  created_by: string | null;
  created_at: Now;
}

export interface FilesTable {
  id: Generated<string>;
  key: string;
  /** Whose answer it is: null until the answers are saved. */
  owner_kind: string | null;
  owner_id: string | null;
  item_key: string;
  name: string;
  media_type: string;
  bytes: number;
  sha256: Buffer;
  uploaded_by: string | null;
  created_at: Now;
  removed_at: Temporal.Instant | null;
}

export interface FormsTables {
  forms: FormsTable;
  form_versions: FormVersionsTable;
  files: FilesTable;
}
