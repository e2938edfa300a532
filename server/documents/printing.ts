import type { Db } from '../../db/database.ts';
import { isLanguage } from '../../web/locales/languages.ts';
import type { Paper, Printed } from './paper.ts';
import type { IssuedDocument } from './queries.ts';
import type { Values } from './rules.ts';
import { passportsOf } from './visa.ts';

interface Config {
  installationName: string;
  publicUrl: string;
  secret: string;
}

export const printedBy = (config: Config, language: string, zone: string): Printed => ({
  language: isLanguage(language) ? language : 'en',
  zone,
  installation: config.installationName,
  publicUrl: config.publicUrl,
});

/** Documents as they are printed; a letter for a visa with what its passport says, or dashes when that is forgotten. One query. */
export async function papersOf(db: Db, config: Config, documents: readonly IssuedDocument[]): Promise<Paper[]> {
  const visas = documents.flatMap(({ kind, registrationId }) => (kind === 'visa' && registrationId ? [registrationId] : []));
  const passports = visas.length > 0 ? await passportsOf(db, config.secret, visas) : new Map<string, Values>();
  const forgotten: Values = { passport: '–', nationality: '–', born: '–' };
  return documents.map(({ kind, code, language, content, issuedAt, registrationId }) => ({
    kind,
    code,
    language,
    content,
    issuedAt,
    values: kind === 'visa' ? (passports.get(registrationId ?? '') ?? forgotten) : {},
  }));
}
