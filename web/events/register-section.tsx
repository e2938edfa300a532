import { formatInstant } from '../locales/format.ts';
import { readIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';

export interface RegisterForm {
  /** Why nobody may register now, in words; null when they may. */
  refusal: string | null;
  /** For whom: the organisations this person belongs to. */
  organisations: { id: string; name: string }[];
  typed: Record<string, string>;
  errors: FieldError[];
}

export interface RegisterEvent {
  slug: string;
  zone: string;
  defaultLanguage: string;
  registrationOpensAt: Temporal.Instant | null;
  categories: { key: string; name: Record<string, string>; mine: boolean }[];
}

/** Where the event's one action leads: the form with which one person registers, or why nobody may. Its id is `register`. */
export function RegisterSection({ ctx, event, form }: { ctx: PageContext; event: RegisterEvent; form: RegisterForm }) {
  const { t } = ctx;
  if (form.refusal) {
    return (
      <section aria-labelledby="register">
        <h2 id="register">{t('registrations.form.closed')}</h2>
        <p>{form.refusal}</p>
        {event.registrationOpensAt && Temporal.Instant.compare(ctx.now, event.registrationOpensAt) < 0 && (
          <p>
            {t('registrations.form.opens', {
              when: `${formatInstant(event.registrationOpensAt, ctx.language, event.zone)} (${event.zone})`,
            })}
          </p>
        )}
      </section>
    );
  }
  const { typed, errors } = form;
  const categories = event.categories
    .filter((category) => category.mine)
    .map(({ key, name }) => ({ value: key, words: readIn(name, [ctx.language], event.defaultLanguage)?.text ?? key }));
  return (
    <section aria-labelledby="register" class="register">
      <h2 id="register">{t('registrations.form.title')}</h2>
      <PostForm action={`/events/${event.slug}/registrations`}>
        {!ctx.viewer && (
          <TextInput
            ctx={ctx}
            name="name"
            label={t('registrations.form.name')}
            value={typed.name}
            autocomplete="name"
            required
            maxlength={200}
            errors={errors}
          />
        )}
        {!ctx.viewer && (
          <TextInput
            ctx={ctx}
            name="email"
            type="email"
            label={t('registrations.form.email')}
            value={typed.email}
            autocomplete="email"
            required
            maxlength={254}
            errors={errors}
          />
        )}
        {form.organisations.length > 0 && (
          <Select
            ctx={ctx}
            name="organisationId"
            label={t('registrations.form.organisation')}
            value={typed.organisationId ?? form.organisations[0]?.id}
            empty={t('registrations.form.alone')}
            options={form.organisations.map(({ id, name }) => ({ value: id, words: name }))}
            errors={errors}
            unmarked
          />
        )}
        <Select
          ctx={ctx}
          name="category"
          label={t('registrations.form.category')}
          value={typed.category}
          options={categories}
          errors={errors}
          required
        />
        <Button>{t('registrations.form.send')}</Button>
      </PostForm>
    </section>
  );
}
