import { Layout } from '../../web/layout.tsx';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import type { PageContext } from '../../web/page.ts';
import { ButtonLink, ButtonRow } from '../../web/ui/button.tsx';
import { Tag } from '../../web/ui/tag.tsx';
import { GalleryFields } from './gallery-fields.tsx';
import { GalleryLists } from './gallery-lists.tsx';
import { GalleryPictures } from './gallery-pictures.tsx';

/** A context for pages that no server made. */
export function galleryContext(language: Language, assets: PageContext['assets'], path = '/events/granollers-2026'): PageContext {
  return {
    t: translator(language),
    language,
    zone: 'Atlantic/Cape_Verde',
    zoneKnown: true,
    now: Temporal.Instant.from('2026-03-02T09:00Z'),
    path,
    publicUrl: 'https://example.org',
    installationName: 'Educating Cities',
    viewer: { personId: 'p', name: 'Ana Lúcia Évora' },
    nav: { backOffice: true, secretariat: true, reports: true, admin: true, organisations: 1 },
    notice: { kind: 'success', code: 'saved' },
    assets,
    development: true,
  };
}

/** Every part once, for eyes and for axe. */
export function Gallery({ ctx }: { ctx: PageContext }) {
  return (
    <Layout
      ctx={ctx}
      title="XVIII Congress of Educating Cities"
      kicker="Congress · Granollers, Catalonia"
      lead="Creativity, community and care: four days for the people who make cities learn. Registration is open until 3 May."
      hero
      breadcrumbs={[
        { words: 'Events', href: '/events' },
        { words: 'Congresses', href: '/events?kind=congress' },
      ]}
      actions={
        <ButtonRow>
          <ButtonLink href="#register">Register your delegation</ButtonLink>
          <ButtonLink href="#programme" kind="secondary">
            Programme
          </ButtonLink>
        </ButtonRow>
      }
    >
      <ul class="events">
        {['Study visit to Praia', 'Assembly of the network', 'Territorial meeting of the cities of the Iberian Peninsula'].map(
          (title) => (
            <li class="event-card" key={title}>
              <p class="kicker">Study visit</p>
              <h2>
                <a href="/events/x">{title}</a>
              </h2>
              <p>12–14 June 2026 · Praia</p>
            </li>
          ),
        )}
      </ul>
      <p>
        <Tag tone="good">Confirmed</Tag> <Tag tone="wait">Waiting</Tag> <Tag tone="bad">Refused</Tag>{' '}
        <Tag tone="new">Pending</Tag> <Tag tone="off">Cancelled</Tag> <Tag>Contact</Tag>
      </p>
      <GalleryFields ctx={ctx} />
      <GalleryLists ctx={ctx} />
      <GalleryPictures ctx={ctx} />
    </Layout>
  );
}
