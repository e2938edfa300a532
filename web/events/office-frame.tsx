import type { ComponentChildren } from 'preact';
import type { EventDetails } from '../../server/events/queries.ts';
import { type EventState, stateOf } from '../../server/events/rules.ts';
import { Layout } from '../layout.tsx';
import { readIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import type { Crumb } from '../ui/breadcrumbs.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Tag } from '../ui/tag.tsx';
import { STATE_TONES } from './words.ts';

export interface OfficeFrameProps {
  ctx: PageContext;
  event: EventDetails;
  /** Undefined: the event's own title, on its overview. */
  title?: string;
  lead?: ComponentChildren;
  actions?: ComponentChildren;
  /** Which of the event's parts this is; none on the page of a section. */
  tab?: (typeof TABS)[number];
  width?: 'text' | 'wide';
  errors?: FieldError[];
  /** Further elements of <head>. */
  head?: ComponentChildren;
  children: ComponentChildren;
}

const TABS = [
  'overview',
  'programme',
  'visits',
  'assembly',
  'registrations',
  'waiting-list',
  'payments',
  'participants',
  'invitations',
  'door',
  'documents',
  'questionnaires',
  'report',
  'allowances',
  'organisers',
  'history',
] as const;

/** The frame of every back-office page of one event. */
export function OfficeFrame({ ctx, event, title, lead, actions, tab, width, errors, head, children }: OfficeFrameProps) {
  const own = titleOf(ctx, event);
  const path = `/back-office/events/${event.slug}`;
  return (
    <Layout
      ctx={ctx}
      title={title ?? own.text}
      titleLang={title ? undefined : own.lang}
      kicker={title ? undefined : <StateTag ctx={ctx} state={stateOf(event, ctx.now)} />}
      lead={lead}
      actions={actions}
      width={width}
      errors={errors}
      head={head}
      breadcrumbs={[...officeCrumbs(ctx), ...(title ? [{ words: own.text, href: path, lang: own.lang }] : [])]}
    >
      {tab && (
        <Tabs
          ctx={ctx}
          tabs={TABS.map((one) => ({
            href: hrefOf(event.slug, one),
            words: wordsOf(ctx, one),
            current: one === tab,
          }))}
        />
      )}
      {children}
    </Layout>
  );
}

type Tab = (typeof TABS)[number];

function hrefOf(slug: string, tab: Tab): string {
  if (tab === 'questionnaires') return `/back-office/questionnaires?event=${encodeURIComponent(slug)}`;
  return tab === 'overview' ? `/back-office/events/${slug}` : `/back-office/events/${slug}/${tab}`;
}

function wordsOf({ t }: PageContext, tab: Tab): string {
  if (tab === 'questionnaires') return t('questionnaires.list.title');
  if (tab === 'invitations') return t('mailings.invitations.title');
  if (tab === 'report') return t('reports.event');
  if (tab === 'assembly') return t('assembly.title');
  if (tab === 'programme') return t('programme.office.title');
  if (tab === 'door') return t('door.title');
  if (tab === 'documents') return t('documents.title');
  if (tab === 'visits') return t('studyVisits.title');
  return tab === 'registrations' || tab === 'waiting-list' || tab === 'payments' || tab === 'participants'
    ? t(`registrationsOffice.tab.${tab}`)
    : t(`events.office.tab.${tab}`);
}

export function officeCrumbs({ t }: PageContext): Crumb[] {
  return [
    { words: t('ui.nav.backOffice'), href: '/back-office' },
    { words: t('events.list.title'), href: '/back-office/events' },
  ];
}

/** The event's title for the reader; its `lang` when it is not in theirs. */
export function titleOf(ctx: PageContext, event: Pick<EventDetails, 'title' | 'defaultLanguage' | 'slug'>) {
  const read = readIn(event.title, [ctx.language], event.defaultLanguage);
  return { text: read?.text ?? event.slug, lang: read && read.lang !== ctx.language ? read.lang : undefined };
}

export function StateTag({ ctx, state }: { ctx: PageContext; state: EventState }) {
  return <Tag tone={STATE_TONES[state]}>{ctx.t(`events.state.${state}`)}</Tag>;
}
