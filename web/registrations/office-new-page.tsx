import type { EventDetails } from '../../server/events/queries.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { languageName } from '../locales/format.ts';
import { LANGUAGES } from '../locales/languages.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** The organiser registers somebody by hand. */
export function OfficeNewPage({
  ctx,
  event,
  organisations,
  typed,
  errors,
}: {
  ctx: PageContext;
  event: EventDetails;
  organisations: string[];
  typed: Record<string, string | undefined>;
  errors: FieldError[];
}) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/registrations`;
  const common = { ctx, errors };
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('registrationsOffice.new.title')}
      lead={t('registrationsOffice.new.lead')}
      width="text"
      errors={errors}
    >
      <PostForm action={`${path}/new`}>
        <TextInput
          {...common}
          name="name"
          label={t('registrationsOffice.list.name')}
          value={typed.name}
          maxlength={200}
          required
        />
        <TextInput
          {...common}
          name="email"
          type="email"
          label={t('registrationsOffice.list.email')}
          value={typed.email}
          maxlength={254}
        />
        <Select
          {...common}
          name="language"
          label={t('registrationsOffice.list.language')}
          value={typed.language ?? ctx.language}
          options={LANGUAGES.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }))}
          size="medium"
          unmarked
        />
        <TextInput
          {...common}
          name="organisation"
          label={t('registrationsOffice.list.organisation')}
          hint={t('registrationsOffice.new.organisationHint')}
          value={typed.organisation}
          list="organisations"
        />
        <datalist id="organisations">
          {organisations.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Select
          {...common}
          name="category"
          label={t('registrationsOffice.list.category')}
          value={typed.category}
          required
          options={event.categories.map(({ key, name }) => ({
            value: key,
            words: textIn(name, [ctx.language], event.defaultLanguage) || key,
          }))}
        />
        <ButtonRow>
          <Button>{t('registrationsOffice.new.send')}</Button>
          <ButtonLink kind="quiet" href={path}>
            {t('ui.confirm.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </OfficeFrame>
  );
}
