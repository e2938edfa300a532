import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { actions, facts, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

/** What became of an activity that a city proposed. */
export function activityDecided(data: {
  language: Language;
  site: Site;
  name: string;
  city: string;
  title: string;
  published: boolean;
  reason: string | null;
  url: string;
}): Mail {
  const t = translator(data.language);
  const { title, city, published, reason } = data;
  const lead = t(published ? 'activities.mail.publishedLead' : 'activities.mail.returnedLead', { title });
  return mailOf(
    {
      site: data.site,
      subject: t(published ? 'activities.mail.published' : 'activities.mail.returned', { title }),
      heading: t(published ? 'activities.state.published' : 'activities.state.returned'),
      tone: published ? 'good' : 'wait',
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        reason ? facts([{ name: t('activities.reason'), value: reason }], data.language) : null,
        actions({ label: t(published ? 'activities.mail.see' : 'activities.mail.mend'), url: data.url }),
      ],
      why: t('activities.mail.why', { city }),
    },
    data.language,
  );
}
