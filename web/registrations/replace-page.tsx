import { Layout } from '../layout.tsx';
import { languageName } from '../locales/format.ts';
import { LANGUAGES } from '../locales/languages.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { type EventLine, eventCrumb, eventTitle } from './event-line.tsx';

export interface ReplacePageProps {
  ctx: PageContext;
  base: string;
  event: EventLine;
  name: string;
  /** Those of the organisation who do not take part yet; empty where the reader may not see its people. */
  roster: { personId: string; name: string }[];
  typed: Record<string, unknown>;
  errors?: FieldError[];
}

/** Somebody else in the same registration: from the people of the organisation, or new. */
export function ReplacePage({ ctx, base, event, name, roster, typed, errors = [] }: ReplacePageProps) {
  const { t } = ctx;
  const value = (field: string) => (typeof typed[field] === 'string' ? typed[field] : undefined);
  const text = (field: string) => ({ ctx, errors, name: `person[${field}]`, value: value(field) });
  return (
    <Layout
      ctx={ctx}
      title={t('registrations.replace.title', { name })}
      kicker={eventTitle(ctx, event)}
      lead={t('registrations.replace.lead')}
      width="text"
      errors={errors}
      breadcrumbs={[eventCrumb(ctx, event), { words: t('registrations.page.kicker'), href: base }]}
    >
      <PostForm action={`${base}/replacement`}>
        {roster.length > 0 && (
          <Select
            {...text('personId')}
            label={t('registrations.replace.roster')}
            empty={t('registrations.replace.new')}
            options={roster.map((person) => ({ value: person.personId, words: person.name }))}
            unmarked
          />
        )}
        <fieldset class="field field-group" data-shows-when={roster.length > 0 ? 'person[personId]=' : undefined}>
          <legend class="label">{roster.length > 0 ? t('registrations.replace.orNew') : t('registrations.replace.who')}</legend>
          <TextInput {...text('name')} label={t('registrations.person.name')} unmarked maxlength={200} autocomplete="off" />
          <TextInput
            {...text('email')}
            type="email"
            label={t('registrations.person.email')}
            hint={t('registrations.person.emailHint')}
            spellcheck={false}
            autocomplete="off"
          />
          <Select
            {...text('language')}
            value={value('language') ?? ctx.language}
            label={t('registrations.person.language')}
            size="medium"
            unmarked
            options={LANGUAGES.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }))}
          />
        </fieldset>
        <ButtonRow>
          <Button>{t('registrations.replace.go')}</Button>
          <ButtonLink kind="quiet" href={base}>
            {t('registrations.change.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
