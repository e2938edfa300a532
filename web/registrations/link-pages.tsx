import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';

/** After registering without an account: the mailbox comes next. */
export function LinkOnItsWayPage({ ctx, address }: { ctx: PageContext; address: string }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('registrations.sent.title')} lead={t('registrations.sent.lead', { address })} width="text">
      <p>{t('registrations.sent.nothing')}</p>
    </Layout>
  );
}

/** What the mailed link opens; the button confirms, since scanners open links too. */
export function ConfirmAddressPage({ ctx, token }: { ctx: PageContext; token: string }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('registrations.confirm.title')} lead={t('registrations.confirm.lead')} width="text">
      <PostForm action={`/registrations/confirm/${token}`}>
        <Button>{t('registrations.confirm.go')}</Button>
      </PostForm>
    </Layout>
  );
}
