import { GENDERS } from '../../server/accounts/input.ts';
import { Layout } from '../layout.tsx';
import { languageName } from '../locales/format.ts';
import { LANGUAGES } from '../locales/languages.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';

export interface AccountView {
  person: { name: string; email: string | null; language: string; zone: string; gender: string | null };
  signIns: { id: string; device: string; createdAt: Temporal.Instant; lastSeenAt: Temporal.Instant }[];
  tokens: { id: string; name: string; createdAt: Temporal.Instant; lastUsedAt: Temporal.Instant | null }[];
  affiliations: { id: string; name: string; title: string; isContact: boolean }[];
}

export interface Profile {
  name: string;
  email: string;
  language: string;
  zone: string;
  gender: string | null;
}

interface Props {
  ctx: PageContext;
  account: AccountView;
  /** The form as it was posted, when it is shown again. */
  typed?: Profile;
  errors?: FieldError[];
  signInId: string | null;
  newToken?: string;
}

/** Everything a person may see and change of themselves. */
export function AccountPage({ ctx, account, typed, errors = [], signInId, newToken }: Props) {
  const { t } = ctx;
  const profile = typed ?? { ...account.person, email: account.person.email ?? '' };
  return (
    <Layout ctx={ctx} title={t('accounts.account.title')} width="text" errors={errors}>
      {newToken && (
        <section aria-labelledby="new-token">
          <h2 id="new-token">{t('accounts.account.token')}</h2>
          <p>
            <code>{newToken}</code>
          </p>
          <p>{t('accounts.account.tokenOnce')}</p>
        </section>
      )}
      <section aria-labelledby="profile">
        <h2 id="profile">{t('accounts.account.profile')}</h2>
        <PostForm action="/account">
          <TextInput
            ctx={ctx}
            name="name"
            label={t('accounts.account.name')}
            hint={t('accounts.account.nameHint')}
            value={profile.name}
            autocomplete="name"
            required
            maxlength={200}
            errors={errors}
          />
          <TextInput
            ctx={ctx}
            name="email"
            type="email"
            label={t('accounts.account.email')}
            value={profile.email}
            autocomplete="email"
            maxlength={254}
            errors={errors}
          />
          <Select
            ctx={ctx}
            name="language"
            label={t('accounts.account.language')}
            value={profile.language}
            options={LANGUAGES.map((value) => ({ value, words: languageName(value, value), lang: value }))}
            errors={errors}
            required
          />
          <Select
            ctx={ctx}
            name="zone"
            label={t('accounts.account.zone')}
            value={profile.zone}
            options={zones(profile.zone).map((value) => ({ value, words: value.replaceAll('_', ' ') }))}
            errors={errors}
            required
          />
          <Select
            ctx={ctx}
            name="gender"
            label={t('accounts.account.gender')}
            hint={t('accounts.account.genderHint')}
            value={profile.gender}
            empty={t('accounts.gender.unsaid')}
            options={GENDERS.map((value) => ({ value, words: t(`accounts.gender.${value}`) }))}
            errors={errors}
          />
          <Button>{t('accounts.account.save')}</Button>
        </PostForm>
      </section>
      <section aria-labelledby="affiliations">
        <h2 id="affiliations">{t('accounts.account.affiliations')}</h2>
        {account.affiliations.length === 0 ? (
          <p>{t('accounts.account.noAffiliations')}</p>
        ) : (
          <ul>
            {account.affiliations.map((affiliation) => (
              <li key={affiliation.id}>
                {[affiliation.name, affiliation.title, affiliation.isContact ? t('accounts.account.contact') : '']
                  .filter(Boolean)
                  .join(' · ')}
              </li>
            ))}
          </ul>
        )}
      </section>
      <Elsewhere title={t('sends.topics.title')} page="mail" go={t('sends.topics.choose')} />
      <Elsewhere
        title={t('calendars.feeds.title')}
        lead={t('calendars.subscribe.yoursLead')}
        page="calendars"
        go={t('calendars.subscribe.go')}
      />
      <Elsewhere title={t('personalData.title')} page="data" go={t('personalData.see')} />
      <SignIns ctx={ctx} account={account} signInId={signInId} />
      <Tokens ctx={ctx} account={account} errors={errors} />
      <section>
        <PostForm action="/sign-out">
          <Button kind="secondary">{t('accounts.account.signOut')}</Button>
        </PostForm>
      </section>
    </Layout>
  );
}

/** What of the account has a page of its own. */
function Elsewhere({ title, lead, page, go }: { title: string; lead?: string; page: string; go: string }) {
  return (
    <section aria-labelledby={page}>
      <h2 id={page}>{title}</h2>
      {lead && <p>{lead}</p>}
      <ButtonLink href={`/account/${page}`} kind="secondary">
        {go}
      </ButtonLink>
    </section>
  );
}

function SignIns({ ctx, account, signInId }: { ctx: PageContext; account: AccountView; signInId: string | null }) {
  const { t } = ctx;
  return (
    <section aria-labelledby="sign-ins">
      <h2 id="sign-ins">{t('accounts.account.signIns')}</h2>
      <ul>
        {account.signIns.map((signIn) => (
          <li key={signIn.id}>
            <p>
              {signIn.device}
              {signIn.id === signInId ? ` (${t('accounts.account.thisOne')})` : ''} · {t('accounts.account.since')}{' '}
              {moment(ctx, signIn.createdAt)} · {t('accounts.account.lastSeen')} {moment(ctx, signIn.lastSeenAt)}
            </p>
            <PostForm action={`/account/sign-ins/${signIn.id}/removal`} inline>
              <Button kind="quiet" small label={t('accounts.account.endOf', { device: signIn.device })}>
                {t('accounts.account.end')}
              </Button>
            </PostForm>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tokens({ ctx, account, errors }: { ctx: PageContext; account: AccountView; errors: FieldError[] }) {
  const { t } = ctx;
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{t('accounts.account.tokens')}</h2>
      <p>{t('accounts.account.tokensLead')}</p>
      <ul>
        {account.tokens.map((token) => (
          <li key={token.id}>
            <p>
              {token.name} · {t('accounts.account.lastUsed')}{' '}
              {token.lastUsedAt ? moment(ctx, token.lastUsedAt) : t('accounts.account.never')}
            </p>
            <PostForm action={`/account/tokens/${token.id}/removal`} inline>
              <Button kind="quiet" small label={t('accounts.account.revokeOf', { name: token.name })}>
                {t('accounts.account.revoke')}
              </Button>
            </PostForm>
          </li>
        ))}
      </ul>
      <PostForm action="/account/tokens">
        <TextInput ctx={ctx} name="tokenName" label={t('accounts.account.tokenName')} maxlength={100} errors={errors} unmarked />
        <Button kind="secondary">{t('accounts.account.createToken')}</Button>
      </PostForm>
    </section>
  );
}

const zones = (own: string) => [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];

const moment = (ctx: PageContext, instant: Temporal.Instant) =>
  instant.toLocaleString(ctx.language, { dateStyle: 'medium', timeStyle: 'short', timeZone: ctx.zone });
