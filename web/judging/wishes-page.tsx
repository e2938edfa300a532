import type { Wishable } from '../../server/judging/wishes.ts';
import { Layout } from '../layout.tsx';
import { countryName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { CheckboxList } from '../ui/choice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { type CallInJudging, langOf, read } from './words.ts';

export interface WishesPageProps {
  ctx: PageContext;
  call: CallInJudging;
  open: boolean;
  entries: Wishable[];
  /** What was chosen and not taken, shown again. */
  typed: string[] | undefined;
  errors: FieldError[];
}

/** What a juror would like to read, said before anything is given to anybody. */
export function WishesPage({ ctx, call, open, entries, typed, errors }: WishesPageProps) {
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  return (
    <Layout
      ctx={ctx}
      title={t('judging.wishes.title')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      lead={open ? t('judging.wishes.lead') : undefined}
      breadcrumbs={[
        { words: t('judging.desk.title'), href: '/desk' },
        { words: title.text, href: `/desk/${call.slug}`, lang: langOf(ctx, title) },
      ]}
      errors={errors}
    >
      {!open || entries.length === 0 ? (
        <p class="empty">{t(open ? 'judging.wishes.none' : 'refusal.wishes-closed')}</p>
      ) : (
        <PostForm action={`/desk/${call.slug}/wishes`}>
          <CheckboxList
            ctx={ctx}
            name="entries"
            label={t('judging.field.entries')}
            values={typed ?? entries.filter((entry) => entry.wished).map((entry) => entry.id)}
            options={entries.map((entry) => {
              const name = read(ctx, entry.title, entry.language);
              const theme = entry.theme && read(ctx, entry.theme, call.defaultLanguage).text;
              const city = `${entry.organisation.name}, ${countryName(entry.organisation.country, ctx.language)}`;
              return { value: entry.id, words: name.text, lang: langOf(ctx, name), hint: theme ? `${city} · ${theme}` : city };
            })}
            errors={errors}
          />
          <Button>{t('judging.wishes.go')}</Button>
        </PostForm>
      )}
    </Layout>
  );
}
