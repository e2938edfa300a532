import { askedMail } from '../emails/questionnaires/asked.tsx';
import type { Definition } from '../server/forms/definition.ts';
import { choicesOf } from '../server/forms/walk.ts';
import { askingFact } from '../server/questionnaires/mail-facts.ts';
import { definitionOf } from '../server/questionnaires/queries.ts';
import { answersInMail } from '../server/questionnaires/rules.ts';
import { mailedToken } from '../server/questionnaires/sealing.ts';
import { isLanguage, type Language } from '../web/locales/languages.ts';
import { readIn, textIn } from '../web/locales/text-map.ts';
import type { Renderer, Renderers } from './sends.ts';

const MOST_OPTIONS = 11;

const asked =
  (reminder: boolean): Renderer =>
  async ({ db, config, clock }, send) => {
    const id = String(send.payload.asking);
    const fact = await askingFact(db, id, clock());
    if (!fact || fact.over) return null;
    const language: Language = isLanguage(send.language) ? send.language : 'en';
    const url = `${config.publicUrl}/q/${mailedToken(config, { id, tokenHash: fact.tokenHash })}`;
    const definition = await definitionOf(db, fact.formVersionId);
    return askedMail({
      language,
      site: { installation: config.installationName, url: config.publicUrl },
      name: fact.name,
      zone: fact.zone,
      reminder,
      title: readIn(fact.title, [language], fact.defaultLanguage ?? undefined) ?? { text: '', lang: language },
      organisation: fact.organisation,
      privacy: fact.privacy,
      minimumGroup: fact.minimumGroup,
      closesAt: fact.closesAt,
      url,
      first: answersInMail(fact.privacy) ? firstQuestion(definition, language, url) : null,
    });
  };

/** The first question, where a tap on an option is an answer to it. */
function firstQuestion(definition: Definition, language: Language, url: string) {
  const item = definition.pages[0]?.items[0];
  const question = item && readIn(item.label, [language], definition.defaultLanguage);
  if (!item || !question) return null;
  const options =
    item.type === 'choice'
      ? choicesOf(definition, item).map(({ code, label }) => ({
          code,
          words: textIn(label, [language], definition.defaultLanguage),
        }))
      : item.type === 'scale'
        ? Array.from({ length: item.max - item.min + 1 }, (_, n) => ({ code: String(item.min + n), words: String(item.min + n) }))
        : [];
  if (options.length === 0 || options.length > MOST_OPTIONS) return null;
  const end = (value: number, label: Record<string, string> = {}) =>
    `${value} ${textIn(label, [language], definition.defaultLanguage)}`.trim();
  const hint = item.type === 'scale' ? `${end(item.min, item.minLabel)} … ${end(item.max, item.maxLabel)}` : null;
  return { question, hint, options: options.map(({ code, words }) => ({ label: words, url: `${url}?first=${code}` })) };
}

export const questionnaireMails: Renderers = {
  'questionnaires.asked': asked(false),
  'questionnaires.reminder': asked(true),
};
