import type { ShownSession } from '../../server/programme/shown.ts';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { type Choosing, SessionCard } from './session-card.tsx';
import { dayWords, type ProgrammeEvent } from './words.ts';

/** What one person chose, by day. */
export function OwnProgrammePage({
  ctx,
  event,
  sessions,
  days,
  choosing,
}: {
  ctx: PageContext;
  event: ProgrammeEvent;
  sessions: ShownSession[];
  days: string[];
  choosing: Choosing;
}) {
  const { t } = ctx;
  const path = `/events/${event.slug}/programme`;
  const own = textIn(event.title, [ctx.language], event.defaultLanguage);
  return (
    <Layout
      ctx={ctx}
      title={t('programme.own.title')}
      breadcrumbs={[
        { words: own, href: `/events/${event.slug}` },
        { words: t('programme.public.title'), href: path },
      ]}
    >
      {sessions.length === 0 ? (
        <EmptyState title={t('programme.own.none')} action={<ButtonLink href={path}>{t('programme.public.all')}</ButtonLink>}>
          {t('programme.own.noneLead')}
        </EmptyState>
      ) : (
        days.map((day) => (
          <section class="programme-day" key={day} aria-labelledby={`d-${day}`}>
            <h2 id={`d-${day}`}>{dayWords(ctx, day)}</h2>
            <ol class="sessions">
              {sessions
                .filter((session) => session.starts.startsWith(day))
                .map((session) => (
                  <SessionCard key={session.id} ctx={ctx} event={event} session={session} choosing={choosing} />
                ))}
            </ol>
          </section>
        ))
      )}
    </Layout>
  );
}
