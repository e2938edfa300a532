import { Field, type FieldProps, fieldAttributes, fieldId } from './field.tsx';
import { useTyped } from './typed.ts';

export interface TextAreaProps extends FieldProps {
  value?: string | null;
  rows?: number;
  maxlength?: number;
  maxWords?: number;
  lang?: string;
}

/** A longer text. It grows with what is typed; its limit is counted down where the script runs. */
export function TextArea(props: TextAreaProps) {
  const typed = useTyped(props.name);
  const { value, rows = 5, maxlength, maxWords, lang, ctx } = props;
  const attributes = fieldAttributes(props);
  const limited = maxlength !== undefined || maxWords !== undefined;
  const count = `${fieldId(props.name)}-count`;
  return (
    <Field field={props}>
      <textarea
        {...attributes}
        aria-describedby={[attributes['aria-describedby'], limited ? count : ''].filter(Boolean).join(' ') || undefined}
        class="input input-full"
        rows={rows}
        data-max-words={maxWords}
        data-max-characters={maxlength}
        data-count={limited ? count : undefined}
        lang={lang}
        dir="auto"
      >
        {typed ?? value ?? ''}
      </textarea>
      {limited && (
        <p
          class="count"
          id={count}
          data-left={maxWords === undefined ? ctx.t('ui.count.charactersLeft') : ctx.t('ui.count.wordsLeft')}
          data-over={maxWords === undefined ? ctx.t('ui.count.charactersOver') : ctx.t('ui.count.wordsOver')}
        >
          {maxWords === undefined
            ? ctx.t('ui.count.characters', { n: maxlength ?? 0 })
            : ctx.t('ui.count.words', { n: maxWords })}
        </p>
      )}
    </Field>
  );
}
