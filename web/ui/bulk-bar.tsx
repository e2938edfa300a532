import type { PageContext } from '../page.ts';
import { Button } from './button.tsx';
import { type Option, Options } from './select.tsx';

/** What can be done with the selected rows. Stands in the same form as the table; a page that says the consequence comes next. */
export function BulkBar({ ctx, actions, name = 'action' }: { ctx: PageContext; actions: Option[]; name?: string }) {
  const { t } = ctx;
  return (
    <div class="bulk-bar" role="group" aria-label={t('ui.bulk.label')}>
      <span>
        <output data-selected>0</output> {t('ui.bulk.selected')}
      </span>
      <select class="input select" name={name} aria-label={t('ui.bulk.action')}>
        <option value="">{t('ui.select.choose')}</option>
        <Options options={actions} value="" />
      </select>
      <Button kind="secondary">{t('ui.bulk.apply')}</Button>
    </div>
  );
}
