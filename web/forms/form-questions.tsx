import { ITEM_TYPES, type Item, type Page, type RepeatItem } from '../../server/forms/definition.ts';
import { conditionInWords } from '../../server/forms/wording.ts';
import { textIn } from '../locales/text-map.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TypedInput } from '../ui/typed-fields.tsx';
import type { Editing } from './form-page.tsx';
import { PageSettings } from './form-settings.tsx';

/** One page of the form in the editor: its questions in order, and the buttons that move and remove them. */
export function PageOfForm({ editing, page, at }: { editing: Editing; page: Page; at: number }) {
  const { ctx, draft, base, seen } = editing;
  const { t } = ctx;
  const name = textIn(page.title, [ctx.language], draft.defaultLanguage) || page.key;
  return (
    <section class="card form-editor-page" id={`page-${page.key}`}>
      <div class="page-head">
        <h2>{name}</h2>
        <ButtonRow>
          <MoveButtons
            editing={editing}
            action={`${base}/pages/${page.key}/move`}
            name={name}
            up={at > 0}
            down={at < draft.pages.length - 1}
          />
        </ButtonRow>
      </div>
      <ItemsOf editing={editing} items={page.items} />
      <AddItem editing={editing} page={page} />
      <PageSettings editing={editing} page={page} />
      {draft.pages.length > 1 && (
        <details>
          <summary>{t('forms.edit.removeOf', { name })}</summary>
          <p>{t('forms.edit.removalPage', { count: page.items.length })}</p>
          <PostForm action={`${base}/pages/${page.key}/removal`} hidden={{ seen }}>
            <Button kind="danger" small>
              {t('forms.edit.confirmRemoval')}
            </Button>
          </PostForm>
        </details>
      )}
    </section>
  );
}

function ItemsOf({ editing, items }: { editing: Editing; items: readonly Item[] }) {
  const { ctx, draft, base, seen } = editing;
  const { t } = ctx;
  if (items.length === 0) return null;
  return (
    <ol class="form-editor-items">
      {items.map((item) => {
        const name = textIn(item.label, [ctx.language], draft.defaultLanguage) || item.key;
        return (
          <li key={item.key} id={`item-${item.key}`}>
            <div class="form-editor-item">
              <div>
                <a href={`${base}/items/${item.key}`} aria-label={t('forms.edit.editOf', { name })}>
                  {name}
                </a>
                <p class="hint">
                  {t(`forms.type.${item.type}`)} · <code>{item.key}</code>
                  {item.required && ` · ${t('forms.edit.required')}`}
                  {item.visibleWhen &&
                    ` · ${t('forms.condition.onlyIf', { words: conditionInWords(draft, item.visibleWhen, t, ctx.language) })}`}
                </p>
              </div>
              <ButtonRow>
                <MoveButtons editing={editing} action={`${base}/items/${item.key}/move`} name={name} up down />
                <details>
                  <summary>{t('forms.edit.removeOf', { name })}</summary>
                  <p>{t('forms.edit.removalItem')}</p>
                  <PostForm action={`${base}/items/${item.key}/removal`} hidden={{ seen }}>
                    <Button kind="danger" small>
                      {t('forms.edit.confirmRemoval')}
                    </Button>
                  </PostForm>
                </details>
              </ButtonRow>
            </div>
            {item.type === 'repeat' && <ItemsOf editing={editing} items={item.items} />}
          </li>
        );
      })}
    </ol>
  );
}

function MoveButtons({
  editing,
  action,
  name,
  up,
  down,
}: {
  editing: Editing;
  action: string;
  name: string;
  up: boolean;
  down: boolean;
}) {
  const { t } = editing.ctx;
  if (!up && !down) return null;
  return (
    <PostForm action={action} hidden={{ seen: editing.seen }} inline>
      {up && (
        <Button kind="quiet" small name="direction" value="up" label={t('forms.edit.upOf', { name })}>
          {t('forms.edit.up')}
        </Button>
      )}
      {down && (
        <Button kind="quiet" small name="direction" value="down" label={t('forms.edit.downOf', { name })}>
          {t('forms.edit.down')}
        </Button>
      )}
    </PostForm>
  );
}

function AddItem({ editing, page }: { editing: Editing; page: Page }) {
  const { ctx, draft, base, seen } = editing;
  const { t } = ctx;
  const groups = page.items.filter((item): item is RepeatItem => item.type === 'repeat');
  // Several of these forms are on the page: the buttons name their page to whoever hears them.
  const id = (name: string) => `add-${page.key}-${name}`;
  const pageName = textIn(page.title, [ctx.language], draft.defaultLanguage) || page.key;
  return (
    <PostForm action={`${base}/pages/${page.key}/items`} hidden={{ seen }}>
      <div class="field">
        <label class="label" for={id('label')}>
          {t('forms.edit.label')}
        </label>
        <TypedInput class="input input-full" id={id('label')} name="label" />
      </div>
      <div class="field">
        <label class="label" for={id('type')}>
          {t('forms.edit.type')}
        </label>
        <select class="input select input-medium" id={id('type')} name="type">
          {ITEM_TYPES.map((type) => (
            <option key={type} value={type}>
              {t(`forms.type.${type}`)}
            </option>
          ))}
        </select>
      </div>
      {groups.length > 0 && (
        <div class="field">
          <label class="label" for={id('group')}>
            {t('forms.type.repeat')}
          </label>
          <select class="input select input-medium" id={id('group')} name="group">
            <option value="">–</option>
            {groups.map((group) => (
              <option key={group.key} value={group.key}>
                {textIn(group.label, [ctx.language], draft.defaultLanguage) || group.key}
              </option>
            ))}
          </select>
        </div>
      )}
      <Button kind="secondary" label={`${t('forms.edit.addItem')}: ${pageName}`}>
        {t('forms.edit.addItem')}
      </Button>
    </PostForm>
  );
}
