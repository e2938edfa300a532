import type { EventDetails } from '../../server/events/queries.ts';
import { formatMoney } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { RadioList } from '../ui/choice.tsx';
import { LangText } from '../ui/content.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { map, text, type Values } from './form-values.ts';
import { OfficeFrame } from './office-frame.tsx';
import { languagesOf } from './texts-fields.tsx';

type Category = EventDetails['categories'][number];

/** In which ways people register, in the order in which they are offered. */
export function CategoriesPage({ ctx, event, errors = [] }: { ctx: PageContext; event: EventDetails; errors?: FieldError[] }) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/categories`;
  const add = <ButtonLink href={`${path}/new`}>{t('events.categories.add')}</ButtonLink>;
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('events.section.categories')}
      lead={t('events.section.categoriesLead')}
      errors={errors}
      actions={event.categories.length > 0 && add}
    >
      {event.categories.length === 0 ? (
        <EmptyState title={t('events.categories.none')} action={add}>
          {t('events.categories.noneLead')}
        </EmptyState>
      ) : (
        <Rows ctx={ctx} event={event} path={path} />
      )}
      <p>
        <a href={`/back-office/events/${event.slug}/prices`}>{t('events.categories.toPrices')}</a>
      </p>
    </OfficeFrame>
  );
}

function Rows({ ctx, event, path }: { ctx: PageContext; event: EventDetails; path: string }) {
  const { t } = ctx;
  const money = (minor: number | null) => (minor === null ? '–' : formatMoney(minor, event.currency, ctx.language));
  const name = (category: Category) => textIn(category.name, [ctx.language], event.defaultLanguage) || category.key;
  return (
    <Table
      ctx={ctx}
      caption={t('events.section.categories')}
      captionUnseen
      rows={event.categories}
      rowKey={(category) => category.key}
      columns={[
        {
          key: 'name',
          words: t('events.page.category'),
          cell: (category) => (
            <a href={`${path}/${category.key}`}>
              <LangText ctx={ctx} map={category.name} defaultLanguage={event.defaultLanguage} />
              {Object.keys(category.name).length === 0 && category.key}
            </a>
          ),
        },
        { key: 'openTo', words: t('events.categories.openTo'), cell: (category) => t(`events.openTo.${category.openTo}`) },
        { key: 'early', words: t('events.categories.priceEarly'), number: true, cell: (category) => money(category.priceEarly) },
        { key: 'late', words: t('events.categories.priceLate'), number: true, cell: (category) => money(category.priceLate) },
        {
          key: 'reduced',
          words: t('events.categories.priceReduced'),
          number: true,
          cell: (category) => money(category.priceReduced),
        },
        { key: 'capacity', words: t('events.page.places'), number: true, cell: (category) => category.capacity ?? '–' },
        {
          key: 'actions',
          words: t('events.languages.actions'),
          cell: (category) => (
            <span class="row-actions">
              {event.categories[0] !== category && (
                <PostForm action={`${path}/${category.key}/order`} hidden={{ direction: 'up' }} inline>
                  <Button kind="secondary" small label={t('events.categories.upOf', { name: name(category) })}>
                    ↑
                  </Button>
                </PostForm>
              )}
              {event.categories.at(-1) !== category && (
                <PostForm action={`${path}/${category.key}/order`} hidden={{ direction: 'down' }} inline>
                  <Button kind="secondary" small label={t('events.categories.downOf', { name: name(category) })}>
                    ↓
                  </Button>
                </PostForm>
              )}
              <ButtonLink
                href={`${path}/${category.key}/removal`}
                kind="quiet"
                small
                label={t('events.categories.removeOf', { name: name(category) })}
              >
                {t('events.categories.remove')}
              </ButtonLink>
            </span>
          ),
        },
      ]}
    />
  );
}

export interface CategoryPageProps {
  ctx: PageContext;
  event: EventDetails;
  /** Undefined for a new one. */
  category?: Category;
  values: Values;
  errors?: FieldError[];
}

/** One category: its name, whom it is for, what it costs, how many places it has. */
export function CategoryPage({ ctx, event, category, values, errors = [] }: CategoryPageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/categories`;
  const field = (name: string) => ({ ctx, errors, name, value: text(values, name) });
  const price = (name: string) => ({
    ...field(name),
    inputmode: 'decimal' as const,
    size: 'short' as const,
    suffix: event.currency,
  });
  const texts = { ctx, errors, languages: languagesOf(event) };
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={category ? textIn(category.name, [ctx.language], event.defaultLanguage) || category.key : t('events.categories.add')}
      width="text"
      errors={errors}
    >
      <PostForm action={category ? `${path}/${category.key}` : `${path}/new`}>
        <TextMapField
          {...texts}
          name="name"
          value={map(values, 'name')}
          label={t('events.categories.name')}
          hint={t('events.categories.nameHint')}
          required
          maxlength={100}
        />
        <TextMapField {...texts} name="note" value={map(values, 'note')} label={t('events.categories.note')} maxlength={500} />
        <RadioList
          {...field('openTo')}
          label={t('events.categories.openTo')}
          required
          options={(['anyone', 'members', 'non-members', 'organiser'] as const).map((value) => ({
            value,
            words: t(`events.openTo.${value}`),
          }))}
        />
        <TextInput
          {...price('priceEarly')}
          label={t('events.categories.priceEarly')}
          hint={t('events.categories.priceHint')}
          unmarked
        />
        <TextInput {...price('priceLate')} label={t('events.categories.priceLate')} hint={t('events.categories.priceLateHint')} />
        <TextInput
          {...price('priceReduced')}
          label={t('events.categories.priceReduced')}
          hint={t('events.categories.priceReducedHint')}
        />
        <TextInput
          {...field('capacity')}
          label={t('events.categories.capacity')}
          hint={t('events.categories.capacityHint')}
          inputmode="numeric"
          size="short"
        />
        <ButtonRow>
          <Button>{t('events.office.save')}</Button>
          <ButtonLink kind="quiet" href={path}>
            {t('events.office.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </OfficeFrame>
  );
}
