import { formatMoment } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';

export interface RegisterForm {
  /** Why nobody may register now, in words; null when they may. */
  refusal: string | null;
  /** The organisations this person belongs to; as the contact they register its delegation. */
  organisations: { slug: string; name: string; isContact: boolean }[];
}

export interface RegisterEvent {
  slug: string;
  zone: string;
  registrationOpensAt: Temporal.Instant | null;
}

/** Where the event's one action leads: to register oneself or a delegation, or why nobody may. Its id is `register`. */
export function RegisterSection({ ctx, event, form }: { ctx: PageContext; event: RegisterEvent; form: RegisterForm }) {
  const { t } = ctx;
  const opens = event.registrationOpensAt;
  if (form.refusal) {
    return (
      <section aria-labelledby="register">
        <h2 id="register">{t('registrations.form.closed')}</h2>
        <p>{form.refusal}</p>
        {opens && Temporal.Instant.compare(ctx.now, opens) < 0 && (
          <p>{t('registrations.form.opens', { when: formatMoment(opens, event.zone, ctx.language) })}</p>
        )}
      </section>
    );
  }
  const delegations = form.organisations.filter(({ isContact }) => isContact);
  return (
    <section aria-labelledby="register" class="register">
      <h2 id="register">{t('registrations.form.title')}</h2>
      <ButtonRow>
        {delegations.map(({ slug, name }) => (
          <ButtonLink key={slug} href={`/events/${event.slug}/delegations/${slug}`}>
            {t('registrations.form.delegationOf', { organisation: name })}
          </ButtonLink>
        ))}
        <ButtonLink kind={delegations.length > 0 ? 'secondary' : 'primary'} href={`/events/${event.slug}/registration`}>
          {delegations.length > 0 ? t('registrations.form.myself') : t('registrations.form.send')}
        </ButtonLink>
      </ButtonRow>
    </section>
  );
}
