import type { Visit } from '../../server/study-visits/queries.ts';
import { formatList, languageName } from '../locales/format.ts';
import { readIn, textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { LangText, Markdown } from '../ui/content.tsx';
import { Card, DefinitionList } from '../ui/facts.tsx';
import { When } from '../ui/when.tsx';

export interface VisitEvent {
  slug: string;
  title: Record<string, string>;
  defaultLanguage: string;
  zone: string;
}

/** A visit as everybody may read it; its texts in Markdown are made into HTML by the route. */
export type ShownVisit = Omit<Visit, 'wished' | 'wishedFirst' | 'waiting' | 'hostName' | 'hostEmail' | 'hostPhone'> &
  Partial<Pick<Visit, 'hostName' | 'hostEmail' | 'hostPhone'>> & { html: { abstract: string; itinerary: string } };

/** The title of a visit in the reader's language. */
export function visitTitle(ctx: PageContext, event: VisitEvent, visit: { title: Record<string, string> } | undefined): string {
  return textIn(visit?.title ?? {}, [ctx.language], event.defaultLanguage) || '–';
}

/** One visit: when, for how many, in which languages, where one meets, how one gets about, and what one sees. */
export function VisitCard({
  ctx,
  event,
  visit,
  contact = false,
}: {
  ctx: PageContext;
  event: VisitEvent;
  visit: ShownVisit;
  contact?: boolean;
}) {
  const { t } = ctx;
  const read = readIn(visit.title, [ctx.language], event.defaultLanguage);
  const says = (map: Record<string, string>) =>
    Object.keys(map).length > 0 && <LangText ctx={ctx} map={map} defaultLanguage={event.defaultLanguage} />;
  const tags = [...new Set([...visit.languages, ...visit.interpreting])];
  const fact = (term: string, value: false | preact.ComponentChildren) => (value ? { term, value } : null);
  return (
    <Card title={read?.text ?? '–'} lang={read && read.lang !== ctx.language ? read.lang : undefined}>
      {visit.html.abstract && <Markdown html={visit.html.abstract} />}
      <DefinitionList
        facts={[
          fact(t('studyVisits.fact.when'), <When ctx={ctx} at={visit.startsAt} until={visit.endsAt} zone={event.zone} />),
          fact(t('studyVisits.fact.places'), visit.places !== null && String(visit.places)),
          fact(t('studyVisits.fact.minimum'), visit.minimum > 1 && String(visit.minimum)),
          fact(
            t('studyVisits.fact.languages'),
            tags.length > 0 &&
              formatList(
                tags.map((tag) => languageName(tag, ctx.language)),
                ctx.language,
              ),
          ),
          fact(t('studyVisits.fact.meetingPoint'), says(visit.meetingPoint)),
          fact(t('studyVisits.fact.accessibility'), says(visit.accessibility)),
          fact(t('studyVisits.fact.host'), visit.hostOrganisation?.name),
          fact(
            t('studyVisits.fact.contact'),
            contact && [visit.hostName, visit.hostPhone, visit.hostEmail].filter(Boolean).join(', '),
          ),
        ]}
      />
      {visit.html.itinerary && (
        <details>
          <summary>{t('studyVisits.fact.itinerary')}</summary>
          <Markdown html={visit.html.itinerary} />
        </details>
      )}
    </Card>
  );
}
