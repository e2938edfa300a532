import { languageName } from '../locales/format.ts';
import type { TextMap } from '../locales/text-map.ts';
import { errorOf, FieldGroup, type FieldProps, fieldId } from './field.tsx';
import { Tag } from './tag.tsx';

export interface TextMapFieldProps extends FieldProps {
  value?: TextMap;
  /** The languages this content is written in, the main one first. */
  languages: readonly string[];
  /** Several lines. */
  rows?: number;
  maxlength?: number;
}

/** One text in each language of the content, side by side. Posts `name[en]`, `name[fr]` …; what is missing is marked. */
export function TextMapField(props: TextMapFieldProps) {
  const { ctx, name, value = {}, languages, rows, maxlength, errors, required } = props;
  return (
    <FieldGroup field={props}>
      <div class={`text-map${rows ? ' text-map-area' : ''}`} id={fieldId(name)}>
        {languages.map((tag, at) => {
          const own = `${name}[${tag}]`;
          const id = fieldId(own);
          const error = errorOf(own, errors);
          const text = value[tag] ?? '';
          const attributes = {
            id,
            name: own,
            lang: tag,
            dir: 'auto' as const,
            class: 'input',
            maxLength: maxlength,
            required: required && at === 0,
            'aria-invalid': error ? ('true' as const) : undefined,
            'aria-describedby': error ? `${id}-error` : undefined,
          };
          return (
            <div key={tag}>
              <label class="label" for={id}>
                <span>{languageName(tag, ctx.language)}</span>
                {at === 0 && languages.length > 1 && <Tag plain>{ctx.t('ui.textMap.default')}</Tag>}
                {at > 0 && text.trim() === '' && <Tag tone="wait">{ctx.t('ui.textMap.missing')}</Tag>}
              </label>
              {error && (
                <p class="field-error" id={`${id}-error`}>
                  {error}
                </p>
              )}
              {rows ? (
                <textarea {...attributes} rows={rows}>
                  {text}
                </textarea>
              ) : (
                <input {...attributes} type="text" value={text} />
              )}
            </div>
          );
        })}
      </div>
    </FieldGroup>
  );
}
