import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { Button, Frame, Paragraph, renderMail } from '../layout.tsx';
import type { Mail } from '../mailer.ts';

/** The link that signs somebody in: once, for 15 minutes. */
export function signInLink(data: { language: Language; name: string; url: string; minutes: number; installation: string }): Mail {
  const t = translator(data.language);
  const subject = t('emails.signIn.subject', { installation: data.installation });
  const greeting = t('emails.greeting', { name: data.name });
  const lead = t('emails.signIn.lead', { minutes: data.minutes });
  const ignore = t('emails.signIn.ignore');
  const html = renderMail(
    <Frame language={data.language} title={subject} installation={data.installation}>
      <Paragraph>{greeting}</Paragraph>
      <Paragraph>{lead}</Paragraph>
      <Button href={data.url}>{t('emails.signIn.go')}</Button>
      <Paragraph>{ignore}</Paragraph>
    </Frame>,
  );
  return { subject, text: `${greeting}\n\n${lead}\n\n${data.url}\n\n${ignore}\n\n${data.installation}\n`, html };
}
