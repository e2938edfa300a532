import { type Page, PER, PRIVACIES } from '../../server/forms/definition.ts';
import { linesFromOptions } from '../../server/forms/editing.ts';
import type { PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TypedArea, TypedInput } from '../ui/typed-fields.tsx';
import { Unfold } from '../ui/unfold.tsx';
import type { Editing } from './form-page.tsx';

export interface VersionRow {
  id: string;
  version: number;
  major: number;
  revision: number;
  createdAt: Temporal.Instant;
  createdBy: string | null;
}

/** Title, languages and privacy. */
export function FormSettings({ editing: { ctx, draft, base, seen } }: { editing: Editing }) {
  const { t } = ctx;
  return (
    <Unfold class="card" actions={[`${base}/settings`]}>
      <summary>{t('forms.edit.settings')}</summary>
      <PostForm action={`${base}/settings`} hidden={{ seen }}>
        <TextInput
          ctx={ctx}
          name="title"
          label={t('forms.edit.title')}
          value={draft.title[draft.defaultLanguage]}
          lang={draft.defaultLanguage}
          required
        />
        <TextArea
          ctx={ctx}
          name="intro"
          label={t('forms.edit.intro')}
          value={draft.intro?.[draft.defaultLanguage]}
          lang={draft.defaultLanguage}
        />
        <TextInput
          ctx={ctx}
          name="languages"
          label={t('forms.edit.languages')}
          hint={t('forms.edit.languagesHelp')}
          value={draft.languages.join(', ')}
          required
        />
        <TextInput
          ctx={ctx}
          name="defaultLanguage"
          label={t('forms.edit.defaultLanguage')}
          value={draft.defaultLanguage}
          size="short"
          required
        />
        {draft.kind === 'questionnaire' && (
          <Select
            ctx={ctx}
            name="privacy"
            label={t('forms.edit.privacy')}
            value={draft.privacy ?? 'named'}
            options={PRIVACIES.map((privacy) => ({ value: privacy, words: t(`forms.edit.privacy.${privacy}`) }))}
            required
          />
        )}
        <Button>{t('forms.edit.save')}</Button>
      </PostForm>
    </Unfold>
  );
}

/** Title and introduction of a page, and of whom it asks. */
export function PageSettings({ editing: { ctx, draft, base, seen }, page }: { editing: Editing; page: Page }) {
  const { t } = ctx;
  const id = (name: string) => `page-${page.key}-${name}`;
  return (
    <Unfold actions={[`${base}/pages/${page.key}`]}>
      <summary>{t('forms.edit.pageSettings')}</summary>
      <PostForm action={`${base}/pages/${page.key}`} hidden={{ seen }}>
        <div class="field">
          <label class="label" for={id('title')}>
            {t('forms.edit.pageTitle')}
          </label>
          <TypedInput
            class="input input-full"
            id={id('title')}
            name="title"
            value={page.title?.[draft.defaultLanguage]}
            lang={draft.defaultLanguage}
          />
        </div>
        <div class="field">
          <label class="label" for={id('intro')}>
            {t('forms.edit.intro')}
          </label>
          <TypedArea
            class="input input-full"
            id={id('intro')}
            name="intro"
            rows={3}
            lang={draft.defaultLanguage}
            value={page.intro?.[draft.defaultLanguage] ?? ''}
          />
        </div>
        {draft.kind === 'registration' && (
          <div class="field">
            <label class="label" for={id('per')}>
              {t('forms.edit.per')}
            </label>
            <select class="input select input-medium" id={id('per')} name="per">
              {PER.map((per) => (
                <option key={per} value={per} selected={(page.per ?? 'person') === per}>
                  {t(`forms.edit.per.${per}`)}
                </option>
              ))}
            </select>
          </div>
        )}
        <Button kind="secondary">{t('forms.edit.save')}</Button>
      </PostForm>
    </Unfold>
  );
}

/** Lists of options that several questions share. */
export function SharedLists({ editing: { ctx, draft, base, seen } }: { editing: Editing }) {
  const { t } = ctx;
  const lists = [...Object.entries(draft.choiceLists ?? {}), ['', []] as const];
  return (
    <Unfold class="card" actions={[`${base}/lists`]}>
      <summary>{t('forms.edit.lists')}</summary>
      {lists.map(([name, choices], n) => (
        <PostForm key={name} action={`${base}/lists`} hidden={{ seen, ...(name ? { name } : {}) }}>
          {name ? (
            <h3>
              {t('forms.edit.list')} <code>{name}</code>
            </h3>
          ) : (
            <div class="field">
              <label class="label" for="list-name">
                {t('forms.edit.listName')}
              </label>
              <TypedInput class="input input-medium" id="list-name" name="name" />
            </div>
          )}
          <div class="field">
            <label class="label" for={`list-${n}`}>
              {t('forms.edit.choices')}
            </label>
            <p class="hint" id={`list-${n}-hint`}>
              {t('forms.edit.choicesHelp')}
            </p>
            <TypedArea
              class="input input-full"
              id={`list-${n}`}
              name="choices"
              rows={6}
              aria-describedby={`list-${n}-hint`}
              lang={draft.defaultLanguage}
              value={linesFromOptions(choices, draft.defaultLanguage)}
            />
          </div>
          <Button kind="secondary">{t('forms.edit.save')}</Button>
        </PostForm>
      ))}
    </Unfold>
  );
}

/** What was put into use, when, by whom. */
export function Versions({ ctx, versions }: { ctx: PageContext; versions: VersionRow[] }) {
  const { t } = ctx;
  const date = new Intl.DateTimeFormat(ctx.language, { dateStyle: 'medium', timeStyle: 'short', timeZone: ctx.zone });
  return (
    <section>
      <h2>{t('forms.edit.versions')}</h2>
      {versions.length === 0 ? (
        <p>{t('forms.edit.versionsNone')}</p>
      ) : (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t('forms.edit.version')}</th>
              <th scope="col">{t('forms.edit.versionWhen')}</th>
              <th scope="col">{t('forms.edit.versionBy')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.id}>
                <th scope="row">
                  {version.major}.{version.revision}
                </th>
                <td>{date.format(version.createdAt.epochMilliseconds)}</td>
                <td>{version.createdBy ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
