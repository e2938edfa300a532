import type { VisitRequest } from '../../server/study-visits/requests.ts';
import { formatDate } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { actions, facts, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

export interface RequestTold {
  language: Language;
  site: Site;
  name: string;
  request: VisitRequest;
  /** The step that is told of. */
  no: number;
  url: string;
}

/** What one city said to a visit between cities, to the other. */
export function visitRequestSaid({ language, site, name, request, no, url }: RequestTold): Mail {
  const t = translator(language);
  const step = request.steps.find((one) => one.no === no);
  const { guest, host } = request;
  const city = step?.organisationId === host.id ? host : guest;
  const reader = city === host ? guest : host;
  const subject = t('visitRequests.mail.subject', {
    guest: guest.name,
    host: host.name,
    state: t(`visitRequests.state.${step?.kind ?? 'asked'}`),
  });
  const lead = t('visitRequests.mail.lead', { city: city.name });
  return mailOf(
    {
      site,
      subject,
      heading: subject,
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name })),
        paragraph(lead),
        facts(
          [
            { name: t('visitRequests.topic'), value: request.topic },
            { name: t('visitRequests.people'), value: String(request.people) },
            step?.starts
              ? { name: t('visitRequests.starts'), value: formatDate(Temporal.PlainDate.from(step.starts), language) }
              : false,
            step?.ends
              ? { name: t('visitRequests.ends'), value: formatDate(Temporal.PlainDate.from(step.ends), language) }
              : false,
            step?.note ? { name: t('visitRequests.note'), value: step.note } : false,
          ],
          language,
        ),
        actions({ label: t('visitRequests.mail.go'), url }),
      ],
      why: t('visitRequests.mail.why', { city: reader.name }),
    },
    language,
  );
}
