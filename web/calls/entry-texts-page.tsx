import { translatable } from '../../server/calls/content.ts';
import { SUMMARY_WORDS, TITLE_MAX } from '../../server/calls/input.ts';
import { Layout } from '../layout.tsx';
import { languageName } from '../locales/format.ts';
import { readIn, textIn } from '../locales/text-map.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { type EditEntryPageProps, EntryTabs, SavingLine } from './edit-entry-page.tsx';

const at = (value: unknown, key: string): string => {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? found : '';
};

/** The texts of an entry in another of its languages, each beside what it says in the main one. */
export function EntryTextsPage(props: EditEntryPageProps & { language: string }) {
  const { ctx, call, entry, definition, values, version, language, errors = [] } = props;
  const { t } = ctx;
  const title = textIn(entry.title, [entry.language]) || t('entries.untitled', { code: entry.code });
  const items = definition ? translatable(definition).filter((item) => typeof entry.answers[item.key] === 'string') : [];
  return (
    <Layout
      ctx={ctx}
      title={`${title}: ${languageName(language, ctx.language)}`}
      kicker={`${entry.organisation.name} · ${textIn(call.title, [ctx.language], call.defaultLanguage)}`}
      breadcrumbs={[
        { words: t('entries.mine.title'), href: '/entries' },
        { words: title, href: `/entries/${entry.id}` },
      ]}
      errors={errors}
    >
      <EntryTabs ctx={ctx} entry={entry} current={language} />
      <PostForm action={`/entries/${entry.id}/texts/${language}`} hidden={{ version }}>
        <SavingLine ctx={ctx} call={call} />
        <Pair lang={entry.language} source={entry.title[entry.language]}>
          <TextInput
            ctx={ctx}
            name={`title[${language}]`}
            label={t('entries.field.title')}
            required
            maxlength={TITLE_MAX}
            lang={language}
            value={at(values.title, language)}
            errors={errors}
          />
        </Pair>
        <Pair lang={entry.language} source={entry.summary[entry.language]}>
          <TextArea
            ctx={ctx}
            name={`summary[${language}]`}
            label={t('entries.field.summary')}
            required
            maxWords={SUMMARY_WORDS}
            rows={6}
            lang={language}
            value={at(values.summary, language)}
            errors={errors}
          />
        </Pair>
        {items.map((item) => {
          const label = readIn(item.label, [ctx.language], definition?.defaultLanguage);
          const field = {
            ctx,
            name: `texts[${item.key}]`,
            label: label?.text ?? item.key,
            labelLang: label && label.lang !== ctx.language ? label.lang : undefined,
            lang: language,
            value: at(values.texts, item.key),
            errors,
          };
          return (
            <Pair key={item.key} lang={entry.language} source={String(entry.answers[item.key])}>
              {item.type === 'longText' ? (
                <TextArea
                  {...field}
                  required
                  rows={8}
                  maxWords={item.maxWords}
                  maxlength={item.maxWords === undefined ? item.maxChars : undefined}
                />
              ) : (
                <TextInput {...field} hint={t('entries.field.sameHint')} maxlength={item.maxChars} />
              )}
            </Pair>
          );
        })}
        <ButtonRow>
          <Button>{t('entries.edit.save')}</Button>
          <ButtonLink kind="quiet" href={`/entries/${entry.id}`}>
            {t('entries.edit.done')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}

function Pair({ lang, source, children }: { lang: string; source: string | undefined; children: preact.ComponentChildren }) {
  return (
    <div class="side-by-side">
      <div class="source" lang={lang} dir="auto">
        {(source ?? '–').split(/\n+/).map((line, n) => (
          <p key={n}>{line}</p>
        ))}
      </div>
      <div>{children}</div>
    </div>
  );
}
