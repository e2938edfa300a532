import type { Language } from './locales/languages.ts';
import type { Translate } from './locales/translate.ts';

/** What a page says on top about what was just done. `code` is of the catalogue: `notice.<code>`, with `n` where it counts. */
export interface Notice {
  kind: 'success' | 'info' | 'warning' | 'error';
  code: string;
  count?: number;
}

/** Who is signed in, as far as a page's frame shows it. */
export interface ViewerCard {
  personId: string;
  name: string;
}

/** Which doors the frame shows: asked of the access rules by the server, drawn here. */
export interface NavFlags {
  backOffice: boolean;
  secretariat: boolean;
  /** There are reports of years for them. */
  reports: boolean;
  admin: boolean;
  /** How many organisations this person is the contact of. */
  organisations: number;
  /** Whether they are on the jury of a call. */
  jury?: boolean;
}

/** What every page needs to know of the request it answers. */
export interface PageContext {
  t: Translate;
  language: Language;
  /** The reader's own zone, or the installation's when nobody is signed in. */
  zone: string;
  /** False when `zone` is only the installation's: then times are shown in the event's zone alone. */
  zoneKnown: boolean;
  now: Temporal.Instant;
  /** Path and query of this page. */
  path: string;
  /** Without a slash at the end. */
  publicUrl: string;
  installationName: string;
  viewer: ViewerCard | null;
  nav: NavFlags;
  notice?: Notice;
  assets: { css: string; js: string };
  development: boolean;
}

/** What is wrong with a field, in words. `path` is dotted: `categories.0.priceEarly`. */
export interface FieldError {
  path: string;
  message: string;
}
