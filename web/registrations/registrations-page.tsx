import type { RegistrationState } from '../../db/tables/registrations.ts';
import { Layout } from '../layout.tsx';
import { formatInstant } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';

export interface MyRegistration {
  id: string;
  event: { slug: string; title: Record<string, string>; defaultLanguage: string };
  state: RegistrationState;
  amount: number;
  reference: string;
  offer: { expiresAt: string } | null;
}

/** What a person has registered for, with what they may do about it. */
export function RegistrationsPage({ ctx, registrations }: { ctx: PageContext; registrations: MyRegistration[] }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('registrations.mine.title')} width="text">
      {registrations.length === 0 && <p>{t('registrations.mine.none')}</p>}
      <ul class="events">
        {registrations.map((registration) => {
          const alive =
            registration.state === 'confirmed' || registration.state === 'waiting' || registration.state === 'pending';
          return (
            <li key={registration.id} class="event-card">
              <p class="kicker">{t(`registrations.state.${registration.state}`)}</p>
              <h2>
                <a href={`/events/${registration.event.slug}`}>
                  {textIn(registration.event.title, [ctx.language], registration.event.defaultLanguage)}
                </a>
              </h2>
              {registration.amount > 0 && alive && (
                <p>{t('registrations.mine.reference', { reference: registration.reference })}</p>
              )}
              {registration.offer && (
                <p>
                  {t('registrations.mine.offer', {
                    until: formatInstant(Temporal.Instant.from(registration.offer.expiresAt), ctx.language, ctx.zone),
                  })}
                </p>
              )}
              <ButtonRow>
                {registration.offer && (
                  <PostForm action={`/registrations/${registration.id}/offer/acceptance`} inline>
                    <Button>{t('registrations.mine.accept')}</Button>
                  </PostForm>
                )}
                {registration.offer && (
                  <PostForm action={`/registrations/${registration.id}/offer/removal`} inline>
                    <Button kind="secondary">{t('registrations.mine.decline')}</Button>
                  </PostForm>
                )}
                {alive && !registration.offer && (
                  <PostForm action={`/registrations/${registration.id}/removal`} inline>
                    <Button kind="quiet">{t('registrations.mine.giveBack')}</Button>
                  </PostForm>
                )}
              </ButtonRow>
            </li>
          );
        })}
      </ul>
    </Layout>
  );
}

/** After registering without an account: the mailbox comes next. */
export function LinkOnItsWayPage({ ctx }: { ctx: PageContext }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('registrations.sent.title')} lead={t('registrations.sent.lead')} width="text">
      {null}
    </Layout>
  );
}

/** What the mailed link opens; the button confirms, since scanners open links too. */
export function ConfirmPage({ ctx, token }: { ctx: PageContext; token: string }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('registrations.confirm.title')} width="text">
      <PostForm action={`/registrations/confirm/${token}`}>
        <Button>{t('registrations.confirm.go')}</Button>
      </PostForm>
    </Layout>
  );
}
