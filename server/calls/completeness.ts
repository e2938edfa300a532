import type { CallDetails } from './queries.ts';

/** The parts of a call, each a page of the back office. */
export const SECTIONS = ['about', 'texts', 'dates', 'themes', 'modalities', 'criteria', 'form', 'rules', 'exclusions'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Missing {
  /** The catalogue's `calls.missing.<code>`. */
  code: string;
  section: Section;
  language?: string;
  /** True: keeps the call from being published. False: it would be better with it. */
  blocks: boolean;
}

/** What a call still lacks: `blocks` keeps it from being published, the others only make it poorer. */
export function missing(call: CallDetails): Missing[] {
  const without = (texts: Record<string, string>) => call.languages.filter((tag) => !texts[tag]);
  const texts = (code: string, section: Section, map: Record<string, string>, blocks: boolean): Missing[] =>
    without(map).map((language) => ({ code, section, language, blocks }));
  const say = (when: boolean, code: string, section: Section, blocks = false): Missing[] =>
    when ? [{ code, section, blocks }] : [];
  const weights = call.criteria.reduce((sum, criterion) => sum + criterion.weight, 0);
  const partly = (maps: Record<string, string>[]) => [...new Set(maps.flatMap(without))];
  return [
    ...texts('title', 'texts', call.title, true),
    ...say(call.formId === null, 'form', 'form', true),
    ...say(call.formId !== null && call.formVersionId === null, 'formInUse', 'form', true),
    ...say(call.criteria.length === 0, 'criteria', 'criteria', call.kind === 'award'),
    ...say(call.criteria.length > 0 && weights <= 0, 'weights', 'criteria', true),
    ...texts('summary', 'texts', call.summary, false),
    ...texts('guidelines', 'texts', call.guidelines, false),
    ...partly(call.themes.map((theme) => theme.title)).map((language) => ({
      code: 'themeTitle',
      section: 'themes' as const,
      language,
      blocks: false,
    })),
    ...partly(call.criteria.map((criterion) => criterion.name)).map((language) => ({
      code: 'criterionName',
      section: 'criteria' as const,
      language,
      blocks: false,
    })),
    ...say(call.kind === 'experiences' && call.modalities.length === 0, 'modalities', 'modalities'),
    ...say(call.kind === 'experiences' && call.eventId === null, 'event', 'about'),
    ...say(call.rules.length === 0, 'rules', 'rules'),
  ];
}
