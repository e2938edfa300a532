import { json } from '../../db/database.ts';
import { instantOf } from '../events/rules.ts';
import type { CallWrite } from './input.ts';

/** A call as its row. Planned times go in three: local, zone, and the instant that follows from them. */
export function columnsOf(call: CallWrite) {
  return {
    kind: call.kind,
    series_id: call.seriesId ?? null,
    edition: call.edition ?? null,
    event_id: call.eventId ?? null,
    title: json(call.title),
    summary: json(call.summary),
    guidelines: json(call.guidelines),
    languages: call.languages,
    default_language: call.languages[0] ?? '',
    required_languages: call.requiredLanguages,
    zone: call.zone,
    opens_local: call.opens,
    closes_local: call.closes,
    opens_at: instantOf(call.opens, call.zone),
    closes_at: instantOf(call.closes, call.zone),
    grace_minutes: call.graceMinutes,
    form_id: call.formId ?? null,
    max_entries: call.maxEntries ?? null,
    max_entries_per_theme: call.maxEntriesPerTheme ?? null,
    rules: json(call.rules),
    conflict_same_country: call.conflictSameCountry,
    see_others: call.seeOthers,
    tie_rule: call.tieRule,
  };
}
