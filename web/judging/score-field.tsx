import type { DeskCriterion } from '../../server/judging/desk.ts';
import { formatNumber } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { errorOf, fieldId } from '../ui/field.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { langOf, read } from './words.ts';

export interface ScoreFieldProps {
  ctx: PageContext;
  criterion: DeskCriterion;
  fallback: string;
  value: number | null;
  errors?: FieldError[];
}

/** As many steps are buttons in a row; a finer scale is typed. */
const MOST_STEPS = 12;

/** One criterion: a row of numbers to press, what some of them mean, and the way back to no score. */
export function ScoreField({ ctx, criterion, fallback, value, errors }: ScoreFieldProps) {
  const { t } = ctx;
  const { key, least, most, step, required } = criterion;
  const name = `scores[${key}]`;
  const words = read(ctx, criterion.name, fallback);
  const about = criterion.description && read(ctx, criterion.description, fallback);
  const steps = Math.round((most - least) / step) + 1;
  if (steps > MOST_STEPS)
    return (
      <TextInput
        ctx={ctx}
        name={name}
        label={words.text}
        labelLang={langOf(ctx, words)}
        hint={t('judging.review.scale', { least, most })}
        inputmode="decimal"
        size="short"
        value={value}
        required={required}
        errors={errors}
      />
    );
  const error = errorOf(name, errors);
  const id = fieldId(name);
  return (
    <fieldset class={`field score${error ? ' field-wrong' : ''}`} data-score aria-describedby={error ? `${id}-error` : undefined}>
      <legend class="label" lang={langOf(ctx, words)}>
        {words.text} {!required && <span class="optional">{t('ui.field.optional')}</span>}
      </legend>
      {about && about.text !== '–' && (
        <p class="hint" lang={langOf(ctx, about)}>
          {about.text}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <div class="score-steps">
        {Array.from({ length: steps }, (_, at) => least + at * step).map((score, at) => (
          <label key={score} class="score-step">
            <input type="radio" name={name} id={at === 0 ? id : `${id}--${at}`} value={score} checked={value === score} />
            <span>{formatNumber(score, ctx.language)}</span>
          </label>
        ))}
        <label class="score-step score-none">
          <input type="radio" name={name} value="" checked={value === null} />
          <span>{t('judging.review.noScore')}</span>
        </label>
      </div>
      {criterion.guidance.length > 0 && (
        <details class="score-guidance">
          <summary>{t('judging.review.guidance')}</summary>
          <dl class="facts">
            {criterion.guidance.map((level) => {
              const meaning = read(ctx, level.text, fallback);
              return (
                <>
                  <dt>{formatNumber(level.value, ctx.language)}</dt>
                  <dd lang={langOf(ctx, meaning)}>{meaning.text}</dd>
                </>
              );
            })}
          </dl>
        </details>
      )}
    </fieldset>
  );
}
