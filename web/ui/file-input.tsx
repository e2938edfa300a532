import { formatBytes } from '../locales/format.ts';
import { Field, type FieldProps, fieldAttributes, fieldId } from './field.tsx';

export interface FileInputProps extends FieldProps {
  /** As the browser takes it: `image/png,.csv`. */
  accept?: string;
  /** The same in words. */
  kinds?: string;
  maxBytes?: number;
  multiple?: boolean;
  /** The file that is there already. */
  current?: { name: string; href: string } | null;
}

export function FileInput(props: FileInputProps) {
  const { ctx, accept, kinds, maxBytes, multiple, current, name } = props;
  const attributes = fieldAttributes(props);
  const limits = [
    kinds && ctx.t('ui.file.kinds', { kinds }),
    maxBytes && ctx.t('ui.file.limits', { size: formatBytes(maxBytes, ctx.language) }),
  ].filter(Boolean);
  const note = `${fieldId(name)}-limits`;
  return (
    <Field field={props}>
      {current && (
        <p>
          <a href={current.href}>{ctx.t('ui.file.current', { name: current.name })}</a>
        </p>
      )}
      <input
        {...attributes}
        aria-describedby={[attributes['aria-describedby'], limits.length > 0 && note].filter(Boolean).join(' ') || undefined}
        type="file"
        accept={accept}
        multiple={multiple}
      />
      {limits.length > 0 && (
        <p class="count" id={note}>
          {limits.join(' · ')}
        </p>
      )}
    </Field>
  );
}
