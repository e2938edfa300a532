import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** Asks for an address; there are no passwords. */
export function SignInPage({
  ctx,
  next,
  email = '',
  errors = [],
}: {
  ctx: PageContext;
  next: string;
  email?: string;
  errors?: FieldError[];
}) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('accounts.signIn.title')} lead={t('accounts.signIn.lead')} width="text" errors={errors}>
      <PostForm action="/sign-in" hidden={{ next }}>
        <TextInput
          ctx={ctx}
          name="email"
          type="email"
          label={t('accounts.signIn.email')}
          value={email}
          autocomplete="email"
          required
          unmarked
          maxlength={254}
          errors={errors}
          spellcheck={false}
        />
        <Button>{t('accounts.signIn.send')}</Button>
      </PostForm>
    </Layout>
  );
}

/** The same for every address: it never tells who is known. */
export function LinkSentPage({ ctx, address, minutes }: { ctx: PageContext; address: string; minutes: number }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('accounts.sent.title')} lead={t('accounts.sent.lead', { address, minutes })} width="text">
      <p>{t('accounts.sent.nothing')}</p>
      <ButtonRow>
        <ButtonLink href="/sign-in" kind="secondary">
          {t('accounts.sent.again')}
        </ButtonLink>
      </ButtonRow>
    </Layout>
  );
}

/** What the mailed link opens. Link scanners open it too, so opening alone signs nobody in: the button does. */
export function UseLinkPage({ ctx, token }: { ctx: PageContext; token: string }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('accounts.link.title')} lead={t('accounts.link.lead')} width="text">
      <PostForm action={`/sign-in/${token}`}>
        <Button>{t('accounts.link.go')}</Button>
      </PostForm>
    </Layout>
  );
}

/** Why a link did not sign in, and the way on. */
export function LinkFailedPage({ ctx, reason }: { ctx: PageContext; reason: string }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('accounts.link.failed')} lead={reason} width="text">
      <ButtonRow>
        <ButtonLink href="/sign-in">{t('accounts.link.new')}</ButtonLink>
      </ButtonRow>
    </Layout>
  );
}
