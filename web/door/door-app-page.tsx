import { Layout } from '../layout.tsx';
import { translateCode } from '../locales/translate.ts';
import type { PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { WalkInFields } from './walk-in-fields.tsx';

export interface DoorAppPageProps {
  ctx: PageContext;
  event: { slug: string; title: string };
  keeper: { name: string; volunteer: boolean; walkIns: boolean };
  places: { id: string | null; words: string }[];
  categories: { key: string; name: Record<string, string> }[];
  defaultLanguage: string;
  script: string;
  /** What reads codes where the browser itself cannot. */
  reader: string;
}

const REFUSALS = [
  ...([
    'door-pending',
    'door-waiting',
    'door-ended',
    'door-cancelled',
    'door-no-place',
    'door-walk-in',
    'door-walk-ins',
    'door-registered-only',
    'door-other-step',
  ] as const),
  ...(['past', 'cancelled', 'allowance', 'no-places', 'already-registered'] as const),
];

/** The door as an app: installed, it goes on without a connection. Without a script it leads to the page that needs none. */
export function DoorAppPage({ ctx, event, keeper, places, categories, defaultLanguage, script, reader }: DoorAppPageProps) {
  const { t, language } = ctx;
  const base = `/door/${event.slug}`;
  const words = {
    count: t('door.app.count'),
    offline: t('door.app.offline'),
    unsent: t('door.app.unsent'),
    refused: t('door.app.refused'),
    noList: t('door.app.noList'),
    noCamera: t('door.app.noCamera'),
    closedUnsent: t('door.app.closedUnsent'),
    already: t('door.app.already'),
    valid: t('door.page.valid'),
    none: t('door.page.none'),
    in: t('door.page.in'),
    anyway: t('door.page.anyway'),
    undo: t('door.page.undo'),
    walkInUnsent: t('door.app.walkInUnsent'),
    notTaken: t('door.app.notTaken'),
    seen: t('door.app.seen'),
    ...Object.fromEntries(REFUSALS.map((code) => [code, translateCode(language, `refusal.${code}`) ?? code])),
  };
  return (
    <Layout
      ctx={ctx}
      title={t('door.page.title')}
      kicker={event.title}
      width="text"
      bare={keeper.volunteer}
      head={
        <>
          <meta name="robots" content="noindex" />
          <link rel="manifest" href={`${base}/app.webmanifest`} crossorigin="use-credentials" />
          <script type="module" src={script} />
        </>
      }
    >
      <noscript>
        <p>
          <a href={base}>{t('door.app.without')}</a>
        </p>
      </noscript>
      <div id="door-app" data-slug={event.slug} data-keeper={keeper.name} data-reader={reader} data-words={JSON.stringify(words)}>
        <p role="status" data-part="state" />
        <form class="form" role="search" data-part="search">
          <Select
            ctx={ctx}
            name="place"
            unmarked
            label={t('door.page.place')}
            value=""
            options={places.map(({ id, words: name }) => ({ value: id ?? '', words: name }))}
          />
          <TextInput
            ctx={ctx}
            name="q"
            unmarked
            type="search"
            label={t('door.page.search')}
            hint={t('door.page.searchHint')}
            autocomplete="off"
            spellcheck={false}
          />
          <ButtonRow>
            <Button>{t('door.page.find')}</Button>
            <button type="button" class="button button-secondary" hidden aria-pressed="false" data-part="camera">
              {t('door.app.camera')}
            </button>
          </ButtonRow>
        </form>
        <video class="door-video" data-part="video" muted playsInline hidden />
        <ul class="door-guests" aria-live="polite" data-part="results" />
        <ul class="door-guests" aria-live="polite" data-part="not-taken" />
        <details class="walk-in" hidden={!keeper.walkIns}>
          <summary>{t('door.walkIn.title')}</summary>
          <p class="hint">{t('door.app.walkInHint')}</p>
          <form class="form" autocomplete="off" data-part="walk-in">
            <WalkInFields ctx={ctx} categories={categories} defaultLanguage={defaultLanguage} />
            <Button kind="secondary">{t('door.walkIn.go')}</Button>
          </form>
        </details>
        <p class="choice">
          <input type="checkbox" id="signals" data-part="signals" />
          <label for="signals">{t('door.app.signals')}</label>
        </p>
      </div>
      <p class="hint">{t('door.page.as', { name: keeper.name })}</p>
      <p class="hint">{t('door.app.hint')}</p>
      <p>
        <a href={base}>{t('door.app.without')}</a>
      </p>
      {keeper.volunteer && (
        <PostForm action="/door-leaving">
          <Button kind="quiet">{t('door.page.leave')}</Button>
        </PostForm>
      )}
    </Layout>
  );
}
