import type { ShownSession } from '../../server/programme/shown.ts';
import { Layout } from '../layout.tsx';
import { readIn, textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { LangText, Markdown } from '../ui/content.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { When } from '../ui/when.tsx';
import { ChoiceForm, type Choosing, speakerWords } from './session-card.tsx';
import { instant, languageList, type ProgrammeEvent } from './words.ts';

export interface SessionPageProps {
  ctx: PageContext;
  event: ProgrammeEvent;
  session: ShownSession;
  /** Its description as safe HTML, with its language. */
  abstract: { html: string; lang: string } | null;
  choosing: Choosing | null;
  /** Why it could not be chosen, in words. */
  refusal?: string;
}

/** One session for everybody. */
export function SessionPage({ ctx, event, session, abstract, choosing, refusal }: SessionPageProps) {
  const { t } = ctx;
  const title = readIn(session.title, [ctx.language], event.defaultLanguage);
  const words = (map: Record<string, string>) => <LangText ctx={ctx} map={map} defaultLanguage={event.defaultLanguage} />;
  const clash = choosing?.clashes[session.id];
  return (
    <Layout
      ctx={ctx}
      width="text"
      title={title?.text ?? ''}
      titleLang={title && title.lang !== ctx.language ? title.lang : undefined}
      kicker={t(`programme.kind.${session.kind}`)}
      breadcrumbs={[
        { words: textIn(event.title, [ctx.language], event.defaultLanguage), href: `/events/${event.slug}` },
        { words: t('programme.public.title'), href: `/events/${event.slug}/programme` },
      ]}
    >
      {refusal && <Notice kind="error">{refusal}</Notice>}
      {clash && <Notice kind="warning">{t('programme.own.sameTime', { title: clash })}</Notice>}
      <DefinitionList
        facts={[
          {
            term: t('events.page.when'),
            value: <When ctx={ctx} at={instant(session.startsAt)} until={instant(session.endsAt)} zone={event.zone} />,
          },
          session.room && { term: t('programme.public.room'), value: words(session.room.name) },
          session.track && { term: t('programme.public.track'), value: words(session.track.name) },
          session.languages.length > 0 && { term: t('programme.public.spoken'), value: languageList(ctx, session.languages) },
          session.interpreting.length > 0 && {
            term: t('programme.public.interpreted'),
            value: languageList(ctx, session.interpreting),
          },
          session.free !== null && { term: t('programme.public.places'), value: t('programme.public.left', { n: session.free }) },
          {
            term: t('events.page.calendar'),
            value: (
              <a href={`/events/${event.slug}/sessions/${session.id}.ics`} download>
                {t('programme.public.calendar')}
              </a>
            ),
          },
        ]}
      />
      {choosing && <ChoiceForm ctx={ctx} event={event} session={session} choosing={choosing} />}
      {abstract && <Markdown html={abstract.html} lang={abstract.lang === ctx.language ? undefined : abstract.lang} />}
      {session.speakers.length > 0 && (
        <section aria-labelledby="speakers">
          <h2 id="speakers">{t('programme.public.speakers')}</h2>
          <ul>
            {session.speakers.map((speaker) => (
              <li key={speaker.name}>
                {speakerWords(speaker)}
                {speaker.role !== 'speaker' && `, ${t(`programme.role.${speaker.role}`)}`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {session.materials.length > 0 && (
        <section aria-labelledby="materials">
          <h2 id="materials">{t('programme.public.materials')}</h2>
          <ul>
            {session.materials.map(({ title: name, url }) => (
              <li key={url}>
                <a href={url}>{name}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}
