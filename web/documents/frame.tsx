import type { ComponentChildren } from 'preact';
import type { Occasion } from '../../server/documents/occasions.ts';
import type { EventDetails } from '../../server/events/queries.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';

/** Whose documents: of a call there are no details of an event. */
export interface Of {
  ctx: PageContext;
  occasion: Occasion;
  event: EventDetails | null;
}

export const officePath = ({ of, slug }: Pick<Occasion, 'of' | 'slug'>) => `/back-office/${of}s/${slug}/documents`;

interface FrameProps extends Of {
  title?: string;
  lead?: string;
  errors?: FieldError[] | undefined;
  width?: 'text' | 'wide';
  head?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of every page about documents of an event or a call. */
export function DocumentsFrame({ ctx, occasion, event, title, lead, errors, width, head, children }: FrameProps) {
  const { t } = ctx;
  const heading = title ?? t('documents.title');
  if (event) {
    const common = { ctx, event, title: heading, lead, width, head, errors, children };
    return title ? <OfficeFrame {...common} /> : <OfficeFrame {...common} tab="documents" />;
  }
  const path = `/back-office/calls/${occasion.slug}`;
  return (
    <Layout
      ctx={ctx}
      title={heading}
      lead={lead}
      errors={errors}
      width={width}
      head={head}
      breadcrumbs={[
        { words: t('ui.nav.backOffice'), href: '/back-office' },
        { words: textIn(occasion.title, [ctx.language], occasion.defaultLanguage), href: path },
        ...(title ? [{ words: t('documents.title'), href: officePath(occasion) }] : []),
      ]}
    >
      {children}
    </Layout>
  );
}
