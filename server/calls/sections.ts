import { z } from 'zod';
import { Invalid } from '../errors.ts';
import { flag, languageTag, line, list, localDateTime, optionalLine } from '../fields.ts';
import { own } from '../forms/own.ts';
import { parse } from '../http/input.ts';
import { slugOf } from '../organisations/rules.ts';
import type { Section } from './completeness.ts';
import { RULE_KINDS } from './eligibility.ts';
import { guidanceFrom } from './guidance.ts';
import { CALL_KINDS, CallWrite, CriterionWrite, ModalityWrite, RuleWrite, SEE_OTHERS, ThemeWrite, TIE_RULES } from './input.ts';

// What the forms of the back office send, section by section, as a change of the call.

const { shape } = CallWrite;
/** A box that is not ticked is not sent. */
const box = z.preprocess((value) => value ?? false, flag);

/** The form of a new call: the least there must be; the rest has pages of its own. */
export const NewCallForm = z.object({
  kind: z.enum(CALL_KINDS),
  title: line(200),
  language: languageTag,
  languages: list(languageTag, 40),
  zone: shape.zone,
  opens: localDateTime,
  closes: localDateTime,
});

const AboutForm = z.object({
  seriesId: shape.seriesId,
  edition: shape.edition,
  eventId: shape.eventId,
  languages: shape.languages,
  requiredLanguages: shape.requiredLanguages,
});
const TextsForm = z.object({ title: shape.title, summary: shape.summary, guidelines: shape.guidelines });
const DatesForm = z.object({ zone: shape.zone, opens: shape.opens, closes: shape.closes, graceMinutes: shape.graceMinutes });
const FormForm = z.object({ formId: shape.formId });
const JudgingForm = z.object({
  conflictSameCountry: box,
  seeOthers: z.enum(SEE_OTHERS).default('after-own'),
  tieRule: z.enum(TIE_RULES).default('heaviest-criterion'),
});
const LimitsForm = z.object({ maxEntries: shape.maxEntries, maxEntriesPerTheme: shape.maxEntriesPerTheme });

const rows = (body: unknown, name: string): Record<string, unknown>[] => {
  const given = own(body, name);
  const all = Array.isArray(given) ? given : typeof given === 'object' && given !== null ? Object.values(given) : [];
  return all.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null);
};

const filled = (map: unknown) =>
  typeof map === 'object' && map !== null && Object.values(map).some((text) => typeof text === 'string' && text.trim() !== '');

const isKept = (row: Record<string, unknown>, word: string) => filled(row[word]) && row.removed === undefined;

/** Rows with a text in their name or title; a blank one is none, and one that is to be removed is left out. Keys follow from the words. */
function kept(body: unknown, name: string, word: 'title' | 'name'): Record<string, unknown>[] {
  const taken = new Set<string>();
  return rows(body, name)
    .filter((row) => isKept(row, word))
    .map((row) => {
      const words = Object.values(row[word] as Record<string, string>).find((text) => text.trim() !== '') ?? name;
      let key = typeof row.key === 'string' && row.key !== '' ? row.key : slugOf(words).slice(0, 36) || name;
      for (let n = 2; taken.has(key); n++) key = `${key.replace(/-\d+$/, '')}-${n}`;
      taken.add(key);
      return { ...row, key };
    });
}

function rulesFrom(body: unknown): unknown[] {
  const chosen = new Set([own(body, 'kinds') ?? []].flat());
  return RULE_KINDS.filter((kind) => chosen.has(kind)).map((kind) => ({ ...figures(body, kind), kind }));
}

/** The figures of one rule; countries are typed as codes, one after the other. */
function figures(body: unknown, kind: string): Record<string, unknown> {
  const given = own(body, kind);
  const map: Record<string, unknown> = typeof given === 'object' && given !== null ? { ...given } : {};
  if (kind === 'countries')
    map.codes = String(map.codes ?? '')
      .toUpperCase()
      .split(/[^A-Z]+/)
      .filter(Boolean);
  return map;
}

const EXCLUDED = z.object({
  organisation: optionalLine(200),
  reason: z.enum(['jury', 'host', 'laureate', 'other']).default('jury'),
  note: optionalLine(500),
  removed: list(z.string(), 2000),
});
export type ExclusionForm = z.output<typeof EXCLUDED>;
export const exclusionForm = (body: unknown): ExclusionForm => parse(EXCLUDED, body);

/** What the post of a section changes. Errors: Invalid. Exclusions are read by `exclusionForm`: a name has to be looked up. */
export function sectionChange(section: Exclude<Section, 'exclusions'>, body: unknown): (call: CallWrite) => CallWrite {
  const change = atTheirRows(section, body);
  return (call) => ({ ...call, ...change });
}

function placesIn(section: Section, body: unknown): string[] {
  if (section === 'rules') return rulesFrom(body).map((rule) => String((rule as { kind: unknown }).kind));
  const word = section === 'criteria' ? 'name' : 'title';
  return rows(body, section).flatMap((row, at) => (isKept(row, word) ? [`${section}.${at}`] : []));
}

// An error names the row of the form: blank rows and those to be removed were left out before it was found.
function atTheirRows(section: Exclude<Section, 'exclusions'>, body: unknown): Partial<CallWrite> {
  try {
    return changeOf(section, body);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const places = placesIn(section, body);
    const path = (old: string) => old.replace(/^(\w+)\.(\d+)/, (whole, _, at) => places[Number(at)] ?? whole);
    throw new Invalid(error.errors.map((one) => ({ ...one, path: path(one.path) })));
  }
}

function changeOf(section: Exclude<Section, 'exclusions'>, body: unknown): Partial<CallWrite> {
  switch (section) {
    case 'about':
      return parse(AboutForm, body);
    case 'texts':
      return parse(TextsForm, body);
    case 'dates':
      return parse(DatesForm, body);
    case 'themes':
      return parse(z.object({ themes: z.array(ThemeWrite).max(50) }), { themes: kept(body, 'themes', 'title') });
    case 'modalities':
      return parse(z.object({ modalities: z.array(ModalityWrite).max(20) }), { modalities: kept(body, 'modalities', 'title') });
    case 'criteria': {
      const criteria = kept(body, 'criteria', 'name').map((row) => ({
        ...row,
        required: row.required ?? false,
        guidance: guidanceFrom(row.guidance),
      }));
      return { ...parse(z.object({ criteria: z.array(CriterionWrite).max(50) }), { criteria }), ...parse(JudgingForm, body) };
    }
    case 'form':
      return parse(FormForm, body);
    case 'rules':
      return { ...parse(z.object({ rules: z.array(RuleWrite) }), { rules: rulesFrom(body) }), ...parse(LimitsForm, body) };
  }
}
