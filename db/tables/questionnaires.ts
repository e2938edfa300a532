import type { Generated } from 'kysely';
import type { Jsonb, Now, Texts } from './base.ts';

export type QuestionnairePrivacy = 'named' | 'confidential' | 'anonymous';
export type QuestionnaireKind = 'evaluation' | 'self-assessment';

export interface QuestionnairesTable {
  id: Generated<string>;
  kind: Generated<QuestionnaireKind>;
  event_id: string | null;
  title: Texts;
  /** Irrevocable from the opening on, by a trigger. */
  privacy: QuestionnairePrivacy;
  /** No figure is published of fewer people. */
  minimum_group: Generated<number>;
  form_id: string;
  /** What is asked, fixed when it opens. */
  form_version_id: string | null;
  year: number | null;
  /** Opens by itself when its event has ended. */
  automatic: Generated<boolean>;
  /** After how many days whoever has not answered is reminded. */
  reminder_days: Generated<number[]>;
  zone: string;
  closes_local: Temporal.PlainDateTime | null;
  closes_at: Temporal.Instant | null;
  opened_at: Temporal.Instant | null;
  opened_by: string | null;
  closed_at: Temporal.Instant | null;
  /** When the last answers were mixed in and the figures made final. */
  settled_at: Temporal.Instant | null;
  created_by: string | null;
  created_at: Now;
}

export interface AskingsTable {
  id: Generated<string>;
  questionnaire_id: string;
  person_id: string;
  /** Of which organisation, where it is the organisation that is asked. */
  organisation_id: string | null;
  token_hash: Buffer;
  /** That, never when. */
  answered: Generated<boolean>;
  asked_on: Temporal.PlainDate;
  reminders: Generated<number>;
}

/** Anonymous answers on their way in: sealed with a key that is not in the database. */
export interface AnswerInboxTable {
  questionnaire_id: string;
  token_hash: Buffer;
  sealed: Buffer;
}

/** Anonymous answers without their texts. Nothing else may ever stand in these rows. */
export interface AnswersTable {
  id: Generated<string>;
  questionnaire_id: string;
  answers: Jsonb<Record<string, unknown>>;
}

/** What was written, apart from the rest of the answer and from each other. */
export interface AnswerTextsTable {
  id: Generated<string>;
  questionnaire_id: string;
  item_key: string;
  text: string;
  /** What is shown instead; empty: nothing. */
  redacted: string | null;
}

export interface AnswerDaysTable {
  questionnaire_id: string;
  day: Temporal.PlainDate;
  n: number;
}

/** Answers of named and confidential questionnaires. */
export interface NamedAnswersTable {
  asking_id: string;
  questionnaire_id: string;
  answers: Jsonb<Record<string, unknown>>;
  draft: Generated<boolean>;
  answered_on: Temporal.PlainDate;
  /** Counted by a trigger, which keeps what was before. */
  version: Generated<number>;
}

/** What an answer under a name was before it was changed. */
export interface NamedAnswerVersionsTable {
  asking_id: string;
  version: number;
  answers: Jsonb<Record<string, unknown>>;
  answered_on: Temporal.PlainDate;
}

/** All that anybody is ever shown of answers together. */
export interface PublishedFiguresTable {
  questionnaire_id: string;
  item_key: string;
  /** Empty: of all who answered. */
  segment_key: Generated<string>;
  segment_code: Generated<string>;
  base: number;
  counts: Jsonb<Record<string, number>>;
  /** How many of each group the figure was of each time that it was shown: what may be shown later depends on it. */
  history: Jsonb<Record<string, Record<string, number>>[]>;
}

export interface QuestionnaireSharesTable {
  id: Generated<string>;
  questionnaire_id: string;
  token_hash: Buffer;
  with_texts: Generated<boolean>;
  created_by: string | null;
  created_at: Now;
  revoked_at: Temporal.Instant | null;
}

export interface QuestionnairesTables {
  questionnaires: QuestionnairesTable;
  askings: AskingsTable;
  answer_inbox: AnswerInboxTable;
  answers: AnswersTable;
  answer_texts: AnswerTextsTable;
  answer_days: AnswerDaysTable;
  named_answers: NamedAnswersTable;
  named_answer_versions: NamedAnswerVersionsTable;
  published_figures: PublishedFiguresTable;
  questionnaire_shares: QuestionnaireSharesTable;
}
