import type { OwnBallot } from '../../server/judging/ballots.ts';
import { Layout } from '../layout.tsx';
import { formatMoment } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { OrderFields } from './order-fields.tsx';
import { langOf, read } from './words.ts';

export interface CastPageProps {
  ctx: PageContext;
  call: { slug: string; title: Record<string, string>; defaultLanguage: string; zone: string };
  ballot: OwnBallot;
  /** As they were typed, when something was wrong. */
  places?: Record<string, string> | undefined;
  errors: FieldError[];
}

/** A juror's ballot of the final: each finalist they may see gets a place. */
export function CastPage({ ctx, call, ballot, places, errors }: CastPageProps) {
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  const cast = Object.fromEntries(ballot.ranking?.flatMap((group, at) => group.map((id) => [id, String(at + 1)])) ?? []);
  const items = ballot.candidates.map((one) => {
    const name = read(ctx, one.title, one.language);
    return { id: one.id, name: name.text, lang: langOf(ctx, name), note: `${one.organisation} · ${one.code}` };
  });
  return (
    <Layout
      ctx={ctx}
      title={t('judging.ballot.own')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      lead={t('judging.ballot.ownLead')}
      breadcrumbs={[
        { words: t('judging.desk.title'), href: '/desk' },
        { words: title.text, href: `/desk/${call.slug}` },
      ]}
      errors={errors}
    >
      {ballot.castAt && (
        <Notice kind="success">
          {t('judging.ballot.castAt', { when: formatMoment(ballot.castAt, call.zone, ctx.language) })}
        </Notice>
      )}
      {!ballot.open && <p class="empty">{t('judging.ballot.notOpen')}</p>}
      {ballot.open && items.length === 0 && <p class="empty">{t('judging.ballot.noneForYou')}</p>}
      {ballot.open && items.length > 0 && (
        <>
          <h2>{t('judging.ballot.finalists')}</h2>
          <ul>
            {ballot.candidates.map((one, at) => (
              <li key={one.id}>
                <a href={`/desk/${call.slug}/${one.code}`} lang={items[at]?.lang}>
                  {items[at]?.name}
                </a>
              </li>
            ))}
          </ul>
          <PostForm action={`/desk/${call.slug}/ballot`}>
            <OrderFields
              ctx={ctx}
              legend={t('judging.ballot.order')}
              hint={t('judging.ballot.orderHint')}
              items={items}
              places={places ?? cast}
              errors={errors}
            />
            <Button>{t(ballot.castAt ? 'judging.ballot.castAgain' : 'judging.ballot.cast')}</Button>
          </PostForm>
        </>
      )}
    </Layout>
  );
}
