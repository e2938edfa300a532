import type { DraftContent } from '../../server/registrations/delegation-draft.ts';
import { formatMoney } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import type { CategoryOption } from './category-choice.tsx';
import { type DelegationSetting, DelegationStep } from './delegation-frame.tsx';
import { PlacesLeft, roomOf } from './places-left.tsx';

export interface DelegationReviewProps extends DelegationSetting {
  draftId: string;
  content: DraftContent;
  categories: CategoryOption[];
  errors?: FieldError[];
}

/** The last step: everybody, what it costs, what will happen; one button submits. */
export function DelegationReviewPage(props: DelegationReviewProps) {
  const { ctx, event, base, left, content, categories, draftId, errors = [] } = props;
  const { t } = ctx;
  const categoryOf = (key: string) => categories.find((category) => category.key === key);
  const nameOf = (key: string) => textIn(categoryOf(key)?.name, [ctx.language], event.defaultLanguage) || key;
  const money = (minor: number) => (minor > 0 ? formatMoney(minor, event.currency, ctx.language) : t('registrations.price.free'));
  const used = categories.flatMap((category) => {
    const n = content.people.filter((person) => person.category === category.key).length;
    return n > 0 ? [{ category, n, total: n * category.price }] : [];
  });
  const total = used.reduce((sum, row) => sum + row.total, 0);
  return (
    <DelegationStep setting={props} step={2} title={t('registrations.review.title')} errors={errors}>
      <PlacesLeft ctx={ctx} left={left} waitingList={event.waitingList} />
      <Table
        ctx={ctx}
        caption={t('registrations.review.people', { n: content.people.length })}
        columns={[
          {
            key: 'name',
            words: t('registrations.person.name'),
            cell: ({ row, at }) => (
              <>
                {row.name}
                {content.head === at && ` (${t('registrations.details.isHead')})`}
              </>
            ),
          },
          { key: 'category', words: t('registrations.fact.category'), cell: ({ row }) => nameOf(row.category) },
          {
            key: 'fee',
            words: t('registrations.fact.fee'),
            number: true,
            cell: ({ row }) => money(categoryOf(row.category)?.price ?? 0),
          },
        ]}
        rows={content.people.map((row, at) => ({ row, at }))}
        rowKey={({ at }) => String(at)}
      />
      <Table
        ctx={ctx}
        caption={t('registrations.review.fees')}
        columns={[
          { key: 'category', words: t('registrations.fact.category'), cell: ({ words }) => words },
          { key: 'n', words: t('registrations.review.n'), number: true, cell: ({ n }) => n },
          { key: 'total', words: t('registrations.review.total'), number: true, cell: ({ sum }) => money(sum) },
        ]}
        rows={[
          ...used.map(({ category, n, total: sum }) => ({ key: category.key, words: nameOf(category.key), n, sum })),
          { key: '', words: t('registrations.review.all'), n: content.people.length, sum: total },
        ]}
        rowKey={({ key }) => key}
      />
      <h2>{t('registrations.review.then')}</h2>
      <p>{t(consequence(props))}</p>
      {roomOf(left) !== null && content.people.length > (roomOf(left) ?? 0) && (
        <Notice kind="warning">{t('registrations.people.overRoom', { n: roomOf(left) ?? 0 })}</Notice>
      )}
      <PostForm action={`${base}/review`} hidden={{ draft: draftId, total: String(total) }}>
        <ButtonRow>
          <Button>{t('registrations.review.submit', { n: content.people.length })}</Button>
          <ButtonLink kind="quiet" href={`${base}/details`}>
            {t('registrations.step.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </DelegationStep>
  );
}

// What pressing the button does as things stand, said before it is pressed.
function consequence({ event, left, content }: DelegationReviewProps) {
  if (event.approval) return 'registrations.review.approval';
  const fits = !left.queueOpen && content.people.length <= left.free;
  if (fits) return 'registrations.review.fits';
  if (content.mode === 'all' || !event.waitingList)
    return content.mode === 'as-many-as-fit' ? 'registrations.review.someNoList' : 'registrations.review.nobody';
  return content.mode === 'together' ? 'registrations.review.together' : 'registrations.review.some';
}
