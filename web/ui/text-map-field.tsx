import { languageName } from '../locales/format.ts';
import type { TextMap } from '../locales/text-map.ts';
import { errorOf, FieldGroup, type FieldProps, fieldId } from './field.tsx';
import { Tag } from './tag.tsx';
import { useTyped } from './typed.ts';

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
  const { name, languages, rows } = props;
  return (
    <FieldGroup field={props}>
      <div class={`text-map${rows ? ' text-map-area' : ''}`} id={fieldId(name)}>
        {languages.map((tag, at) => (
          <OneText key={tag} {...props} tag={tag} at={at} />
        ))}
      </div>
    </FieldGroup>
  );
}

function OneText({
  ctx,
  name,
  value = {},
  languages,
  rows,
  maxlength,
  errors,
  required,
  tag,
  at,
}: TextMapFieldProps & { tag: string; at: number }) {
  const own = `${name}[${tag}]`;
  const id = fieldId(own);
  const error = errorOf(own, errors);
  const known: unknown = value[tag];
  const text = useTyped(own) ?? (typeof known === 'string' ? known : '');
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
    <div>
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
}
