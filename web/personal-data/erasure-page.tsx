import type { erasureRefusal } from '../../server/personal-data/rules.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { ConfirmPage } from '../ui/confirm-page.tsx';

interface Props {
  ctx: PageContext;
  self: boolean;
  name: string;
  /** Why it cannot be now. */
  refusal: ReturnType<typeof erasureRefusal>;
  action: string;
  back: string;
}

/** Before somebody is erased: what goes, what stays without a name; or why it cannot be now. */
export function ErasurePage({ ctx, self, name, refusal, action, back }: Props) {
  const { t } = ctx;
  const title = self ? t('personalData.erasure.titleSelf') : t('personalData.erasure.title', { name });
  if (refusal)
    return (
      <Layout ctx={ctx} title={title} width="text">
        <p>{t(`refusal.${refusal}`)}</p>
        <ButtonLink kind="secondary" href={refusal === 'erasure-registered' && self ? '/registrations' : back}>
          {refusal === 'erasure-registered' && self ? t('personalData.erasure.toRegistrations') : t('ui.confirm.back')}
        </ButtonLink>
      </Layout>
    );
  return (
    <ConfirmPage
      ctx={ctx}
      title={title}
      consequence={t('personalData.erasure.consequence')}
      kept={[t('personalData.erasure.keptPart'), t('personalData.erasure.keptSaid'), t('personalData.erasure.keptAddress')]}
      action={action}
      go={t('personalData.erasure.go')}
      back={back}
    />
  );
}
