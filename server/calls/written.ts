import { type CallWrite, CriterionWrite } from './input.ts';
import type { CallDetails, Exclusion } from './queries.ts';

/** A call as it would be written to become what it is: what a form shows, a change starts from and a copy takes. */
export function writtenOf(call: CallDetails, exclusions: readonly Exclusion[]): CallWrite {
  return {
    kind: call.kind,
    seriesId: call.seriesId,
    edition: call.edition,
    eventId: call.eventId,
    title: call.title,
    summary: call.summary,
    guidelines: call.guidelines,
    // The main language first, as whoever writes a call names it.
    languages: [call.defaultLanguage, ...call.languages.filter((tag) => tag !== call.defaultLanguage)],
    requiredLanguages: call.requiredLanguages,
    zone: call.zone,
    opens: call.opens,
    closes: call.closes,
    graceMinutes: call.graceMinutes,
    themes: call.themes,
    modalities: call.modalities,
    criteria: call.criteria.map((criterion) => CriterionWrite.parse(criterion)),
    formId: call.formId,
    maxEntries: call.maxEntries,
    maxEntriesPerTheme: call.maxEntriesPerTheme,
    rules: call.rules,
    exclusions: exclusions.map(({ organisationId, reason, note }) => ({ organisationId, reason, note })),
    conflictSameCountry: call.conflictSameCountry,
    seeOthers: call.seeOthers,
    tieRule: call.tieRule,
  };
}
