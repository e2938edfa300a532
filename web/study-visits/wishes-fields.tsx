import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { pathOf } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { wishWords } from './reason-words.ts';
import { type ShownVisit, type VisitEvent, visitTitle } from './visit-details.tsx';

export interface WishesFieldsProps {
  ctx: PageContext;
  event: VisitEvent;
  visits: ShownVisit[];
  /** How many wishes there may be. */
  most: number;
  wishes: readonly string[];
  /** What the fields post, as `wishes`; a delegation has a list a person. */
  name?: string;
  /** With buttons that change the order without saving. */
  moves?: boolean;
  errors?: FieldError[] | undefined;
}

/** A person's wishes in order: a list to choose from for each, and buttons that move one up or down, all without a script. */
export function WishesFields({ ctx, event, visits, most, wishes, name = 'wishes', moves = false, errors }: WishesFieldsProps) {
  const { t } = ctx;
  const options = visits.map((visit) => ({ value: visit.id, words: visitTitle(ctx, event, visit) }));
  return (
    <ol class="wishes">
      {Array.from({ length: most }, (_, at) => {
        const wish = wishWords(t, at + 1);
        return (
          <li key={at}>
            <Select
              ctx={ctx}
              name={`${name}[${at}]`}
              label={capital(wish, ctx.language)}
              value={wishes[at] ?? ''}
              empty={t('studyVisits.wish.none')}
              options={options}
              errors={
                at === 0
                  ? errors?.map((error) => (error.path === pathOf(name) ? { ...error, path: `${pathOf(name)}.0` } : error))
                  : errors
              }
            />
            {moves && most > 1 && (
              <div class="wish-moves">
                {at > 0 && (
                  <Button kind="quiet" small name="move" value={`${at}:up`} label={t('studyVisits.my.upOf', { wish })}>
                    {t('studyVisits.my.up')}
                  </Button>
                )}
                {at < most - 1 && (
                  <Button kind="quiet" small name="move" value={`${at}:down`} label={t('studyVisits.my.downOf', { wish })}>
                    {t('studyVisits.my.down')}
                  </Button>
                )}
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

export function capital(words: string, language: string): string {
  return words.slice(0, 1).toLocaleUpperCase(language) + words.slice(1);
}
