import { answersInWords } from '../../server/calls/answers-in-words.ts';
import type { EntryDetails } from '../../server/calls/entry-queries.ts';
import type { CallDetails } from '../../server/calls/queries.ts';
import type { Definition } from '../../server/forms/definition.ts';
import { countryName, formatBytes, languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';

export interface EntryViewProps {
  ctx: PageContext;
  call: Pick<CallDetails, 'themes' | 'modalities' | 'defaultLanguage'>;
  entry: EntryDetails;
  definition: Definition | null;
  /** Where its files are: `/entries/<id>/files`. */
  filesAt: string;
  headingLevel?: 2 | 3;
}

/** An entry as a jury reads it, in every language that it is written in, one below the other. */
export function EntryView(props: EntryViewProps) {
  const { ctx, call, entry } = props;
  const { t } = ctx;
  const themes = [
    call.themes.find(({ key }) => key === entry.theme),
    call.modalities.find(({ key }) => key === (entry.assignedModality ?? entry.modality)),
  ].flatMap((one) => (one ? [textIn(one.title, [ctx.language], call.defaultLanguage)] : []));
  const languages = entry.languages.filter((tag) => tag === entry.language || entry.title[tag] || entry.translations[tag]);
  return (
    <div class="entry-view">
      <p class="kicker">
        {[entry.organisation.name, countryName(entry.organisation.country, ctx.language), ...themes].join(' · ')}
        {entry.endorsedAt && ` · ${t('entries.view.signed', { as: entry.endorsedAs })}`}
      </p>
      {languages.length > 1 && (
        <ul class="inline-list">
          {languages.map((tag) => (
            <li key={tag}>
              <a href={`#in-${tag}`} lang={tag}>
                {languageName(tag, tag)}
              </a>
            </li>
          ))}
        </ul>
      )}
      {languages.map((tag) => (
        <InLanguage key={tag} {...props} tag={tag} />
      ))}
    </div>
  );
}

function InLanguage({ ctx, entry, definition, filesAt, tag, headingLevel = 2 }: EntryViewProps & { tag: string }) {
  const Heading = `h${headingLevel}` as const;
  const Inner = `h${headingLevel + 1}` as 'h3';
  const pages = definition ? answersInWords(definition, entry, tag, ctx.language) : [];
  const fileOf = (id: string) => entry.files.find((file) => file.id === id);
  return (
    <section id={`in-${tag}`} class="entry-language" aria-label={languageName(tag, ctx.language)}>
      <Heading lang={tag} dir="auto">
        {entry.title[tag] ?? ctx.t('entries.untitled', { code: entry.code })}
      </Heading>
      {entry.summary[tag] && (
        <p class="lead" lang={tag} dir="auto">
          {entry.summary[tag]}
        </p>
      )}
      {pages.map((page) => (
        <div key={page.key}>
          {page.title && <Inner lang={page.title.lang}>{page.title.text}</Inner>}
          <dl class="answers">
            {page.answers.map((answer) => (
              <div key={answer.key}>
                <dt lang={answer.question.lang === ctx.language ? undefined : answer.question.lang}>{answer.question.text}</dt>
                <dd lang={answer.lang} dir={answer.lang ? 'auto' : undefined}>
                  {answer.link ? (
                    <a href={answer.link} rel="noreferrer nofollow">
                      {answer.link}
                    </a>
                  ) : (
                    answer.lines.map((line, at) => <p key={at}>{line}</p>)
                  )}
                  {answer.files?.map((id) => (
                    <p key={id}>
                      <a href={`${filesAt}/${id}`}>{fileOf(id)?.name ?? id}</a>{' '}
                      <span class="soft">{formatBytes(fileOf(id)?.bytes ?? 0, ctx.language)}</span>
                    </p>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}
