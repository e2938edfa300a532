import type { Declaration } from '../../server/judging/declarations.ts';
import { Layout } from '../layout.tsx';
import { countryName, formatMoment } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { RadioList } from '../ui/choice.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { type CallInJudging, langOf, read } from './words.ts';

export interface ConflictsPageProps {
  ctx: PageContext;
  call: CallInJudging;
  declared: Declaration[];
  q: string;
  found: Declaration['organisation'][];
  values: Record<string, unknown>;
  errors: FieldError[];
}

/** What a juror cannot judge, said by themselves: a city or another body, with the reason. It never tells who takes part. */
export function ConflictsPage({ ctx, call, declared, q, found, values, errors }: ConflictsPageProps) {
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  return (
    <Layout
      ctx={ctx}
      title={t('judging.conflicts.title')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      lead={t('judging.conflicts.lead')}
      breadcrumbs={[
        { words: t('judging.desk.title'), href: '/desk' },
        { words: title.text, href: `/desk/${call.slug}` },
      ]}
      errors={errors}
    >
      {declared.length === 0 ? (
        <p class="empty">{t('judging.conflicts.none')}</p>
      ) : (
        <ul>
          {declared.map((one) => (
            <li key={one.organisation.slug}>
              <strong>
                {one.organisation.name}, {countryName(one.organisation.country, ctx.language)}
              </strong>
              {': '}
              {one.reason} <span class="hint">{formatMoment(one.declaredAt, call.zone, ctx.language)}</span>
              {!call.resultsPublishedAt && (
                <PostForm inline action={`/desk/${call.slug}/conflicts/${one.organisation.slug}/removal`}>
                  <Button kind="quiet" small label={t('judging.conflicts.withdrawName', { name: one.organisation.name })}>
                    {t('judging.conflicts.withdraw')}
                  </Button>
                </PostForm>
              )}
            </li>
          ))}
        </ul>
      )}
      {!call.resultsPublishedAt && (
        <section>
          <h2>{t('judging.conflicts.new')}</h2>
          <ListTools ctx={ctx} action={`/desk/${call.slug}/conflicts`} search={q} searchLabel={t('judging.conflicts.search')} />
          {q && found.length === 0 && <p>{t('judging.conflicts.notFound')}</p>}
          {found.length > 0 && (
            <PostForm action={`/desk/${call.slug}/conflicts`} hidden={{ q }}>
              <RadioList
                ctx={ctx}
                name="organisation"
                label={t('judging.conflicts.which')}
                required
                value={String(values.organisation ?? (found.length === 1 ? found[0]?.slug : ''))}
                options={found.map((one) => ({
                  value: one.slug,
                  words: `${one.name}, ${countryName(one.country, ctx.language)}`,
                }))}
                errors={errors}
              />
              <TextArea
                ctx={ctx}
                name="reason"
                label={t('judging.recusal.reason')}
                hint={t('judging.conflicts.reasonHint')}
                value={String(values.reason ?? '')}
                rows={3}
                maxlength={2000}
                required
                errors={errors}
              />
              <Button>{t('judging.conflicts.go')}</Button>
            </PostForm>
          )}
        </section>
      )}
    </Layout>
  );
}
