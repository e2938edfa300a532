import type { CaughtMail } from '../../emails/catcher.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';

type Listed = Pick<CaughtMail, 'id' | 'at' | 'to' | 'subject'>;

/** What the catcher kept, the newest first. */
export function MailListPage({ ctx, mails }: { ctx: PageContext; mails: Listed[] }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('dev.mail.title')}>
      <h1>{t('dev.mail.title')}</h1>
      <p>{t('dev.mail.lead')}</p>
      {mails.length === 0 ? (
        <p>{t('dev.mail.none')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('dev.mail.subject')}</th>
              <th scope="col">{t('dev.mail.to')}</th>
              <th scope="col">{t('dev.mail.at')}</th>
            </tr>
          </thead>
          <tbody>
            {mails.map((mail) => (
              <tr key={mail.id}>
                <td>
                  <a href={`/dev/mail/${mail.id}`}>{mail.subject || t('dev.mail.noSubject')}</a>
                </td>
                <td>{mail.to.join(', ')}</td>
                <td>
                  <When ctx={ctx} at={mail.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Layout>
  );
}

/** One mail as its reader gets it, and what is behind it. */
export function MailPage({ ctx, mail }: { ctx: PageContext; mail: CaughtMail }) {
  const { t } = ctx;
  const at = `/dev/mail/${mail.id}`;
  return (
    <Layout ctx={ctx} title={mail.subject || t('dev.mail.noSubject')}>
      <p>
        <a href="/dev/mail">{t('dev.mail.all')}</a>
      </p>
      <h1>{mail.subject || t('dev.mail.noSubject')}</h1>
      <dl>
        <dt>{t('dev.mail.from')}</dt>
        <dd>{mail.from}</dd>
        <dt>{t('dev.mail.to')}</dt>
        <dd>{mail.to.join(', ')}</dd>
        <dt>{t('dev.mail.at')}</dt>
        <dd>
          <When ctx={ctx} at={mail.at} />
        </dd>
      </dl>
      {mail.html && (
        <section>
          <h2>{t('dev.mail.html')}</h2>
          <iframe
            class="mail-preview"
            src={`${at}.html`}
            title={t('dev.mail.html')}
            width="100%"
            height="600"
            sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
          />
        </section>
      )}
      <section>
        <h2>{t('dev.mail.text')}</h2>
        <pre>{withLinks(mail.text)}</pre>
      </section>
      {mail.attachments.length > 0 && (
        <section>
          <h2>{t('dev.mail.attachments')}</h2>
          <ul>
            {mail.attachments.map(({ name, type }, n) => (
              <li key={name}>
                <a href={`${at}/attachments/${n + 1}`}>{name}</a> ({type})
              </li>
            ))}
          </ul>
        </section>
      )}
      <details>
        <summary>{t('dev.mail.headers')}</summary>
        <pre>{mail.headers.map(({ name, value }) => `${name}: ${value}\n`).join('')}</pre>
      </details>
      <p>
        <a href={`${at}.eml`}>{t('dev.mail.raw')}</a>
      </p>
    </Layout>
  );
}

function When({ ctx, at }: { ctx: PageContext; at: Temporal.Instant }) {
  const words = at.toLocaleString(ctx.language, { dateStyle: 'medium', timeStyle: 'medium', timeZone: ctx.zone });
  return <time dateTime={at.toString()}>{words}</time>;
}

// Mails are read here by whoever tries the product: the sign-in link should be one click away.
function withLinks(text: string) {
  return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/).map((part, n) =>
    n % 2 === 1 ? (
      <a href={part} key={part}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}
