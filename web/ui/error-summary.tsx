import type { FieldError, PageContext } from '../page.ts';
import { fieldId } from './field.tsx';

/** What needs correcting, each line leading to its field. The client script puts the focus here when the page opens. */
export function ErrorSummary({ ctx, errors }: { ctx: PageContext; errors: FieldError[] }) {
  if (errors.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabIndex={-1} data-focus aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{ctx.t('ui.errors.title', { n: errors.length })}</h2>
      <ul>
        {errors.map((error, at) => (
          <li key={at}>{error.path ? <a href={`#${fieldId(error.path)}`}>{error.message}</a> : error.message}</li>
        ))}
      </ul>
    </div>
  );
}
