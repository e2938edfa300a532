import type { ComponentChildren } from 'preact';
import type { CallRow } from '../../server/calls/queries.ts';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Tabs } from '../ui/tabs.tsx';

export interface OfficeFrameProps {
  ctx: PageContext;
  call: Pick<CallRow, 'slug' | 'title' | 'defaultLanguage' | 'kind'>;
  /** Which of the tabs it is; or none: a page below the overview. */
  tab: 'overview' | 'entries' | 'exceptions' | null;
  title?: string;
  errors?: FieldError[];
  width?: 'text' | 'wide';
  children: ComponentChildren;
}

/** The frame of a call's pages in the back office. */
export function OfficeFrame({ ctx, call, tab, title, errors, width, children }: OfficeFrameProps) {
  const { t } = ctx;
  const name = textIn(call.title, [ctx.language], call.defaultLanguage) || call.slug;
  const base = `/back-office/calls/${call.slug}`;
  return (
    <Layout
      ctx={ctx}
      title={title ?? name}
      kicker={title ? name : t(`calls.kind.${call.kind}`)}
      breadcrumbs={[
        { words: t('callsOffice.list.title'), href: '/back-office/calls' },
        ...(tab === 'overview' ? [] : [{ words: name, href: base }]),
      ]}
      errors={errors}
      width={width}
    >
      <Tabs
        ctx={ctx}
        label={name}
        tabs={[
          { href: base, words: t('callsOffice.tab.overview'), current: tab === 'overview' },
          { href: `${base}/entries`, words: t('callsOffice.tab.entries'), current: tab === 'entries' },
          { href: `${base}/exceptions`, words: t('callsOffice.tab.exceptions'), current: tab === 'exceptions' },
          { href: `${base}/jury`, words: t('judging.tabs.jury') },
          { href: `${base}/documents`, words: t('documents.title') },
          { href: `/calls/${call.slug}`, words: t('callsOffice.tab.public') },
        ]}
      />
      {children}
    </Layout>
  );
}
