import type { ComponentChildren } from 'preact';
import { languageName } from './locales/format.ts';
import { LANGUAGES } from './locales/languages.ts';
import { translateCode } from './locales/translate.ts';
import type { FieldError, PageContext } from './page.ts';
import { Breadcrumbs, type Crumb } from './ui/breadcrumbs.tsx';
import { ErrorSummary } from './ui/error-summary.tsx';
import { Mark } from './ui/mark.tsx';
import { Notice } from './ui/notice.tsx';

export interface LayoutProps {
  ctx: PageContext;
  /** The page's name: its <title> and, unless `heading` is false, its <h1>. */
  title: string;
  /** The language of the title when it is content and not the interface's. */
  titleLang?: string;
  heading?: boolean;
  /** A short line above the title: of what this is a part. */
  kicker?: ComponentChildren;
  /** One or two sentences below the title. */
  lead?: ComponentChildren;
  /** Buttons beside the title. */
  actions?: ComponentChildren;
  breadcrumbs?: Crumb[];
  /** `text` for forms and reading, `wide` for lists. */
  width?: 'text' | 'wide';
  /** Errors of the form on this page: the summary stands on top and the title says so. */
  errors?: FieldError[];
  /** Above everything, from edge to edge: a public page's banner. */
  banner?: ComponentChildren;
  /** The page alone, without the ways to anywhere else: for whoever came by a personal link. */
  bare?: boolean;
  /** A public page's head: a band from edge to edge in the colour of the house. */
  hero?: boolean;
  /** Further elements of <head>: description, Open Graph, JSON-LD, feeds. */
  head?: ComponentChildren;
  children: ComponentChildren;
}

/** The document of every page. */
export function Layout(props: LayoutProps) {
  const { ctx, title, errors = [], width = 'wide' } = props;
  const { t } = ctx;
  const headed = props.heading !== false;
  return (
    <html lang={ctx.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${errors.length > 0 ? `${t('ui.errors.mark')} ` : ''}${title} · ${ctx.installationName}`}</title>
        <link rel="stylesheet" href={ctx.assets.css} />
        <script type="module" async {...{ blocking: 'render' }} src={ctx.assets.js} />
        <link rel="icon" href={ICON} />
        {props.head}
      </head>
      <body>
        <a class="skip" href="#main">
          {t('ui.skip')}
        </a>
        <Header ctx={ctx} bare={props.bare} />
        {props.banner}
        <main id="main" tabIndex={-1} class="main">
          {headed && props.hero && (
            <div class="hero">
              <div class="hero-in">
                {props.breadcrumbs && <Breadcrumbs ctx={ctx} crumbs={props.breadcrumbs} />}
                <Heading {...props} />
              </div>
            </div>
          )}
          <div class={`page page-${width}`}>
            {props.breadcrumbs && !(headed && props.hero) && <Breadcrumbs ctx={ctx} crumbs={props.breadcrumbs} />}
            <Done ctx={ctx} />
            <ErrorSummary ctx={ctx} errors={errors} />
            {headed && !props.hero && <Heading {...props} />}
            {props.children}
          </div>
        </main>
        {!props.bare && <Footer ctx={ctx} />}
      </body>
    </html>
  );
}

// A ring of seats, one of them free.
/** The sign of the installation, as an address of itself. */
export const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0c4a54"/><circle cx="16" cy="16" r="8.5" fill="none" stroke="#fff" stroke-width="4.5" stroke-dasharray="5 3.9"/><circle cx="16" cy="16" r="2.6" fill="#ffc845"/></svg>',
)}`;

function Heading({ title, titleLang, kicker, lead, actions }: LayoutProps) {
  return (
    <div class="page-head">
      <div class="page-head-words">
        {kicker && <p class="kicker">{kicker}</p>}
        <h1 lang={titleLang} dir={titleLang ? 'auto' : undefined}>
          {title}
        </h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      {actions && <div class="page-actions">{actions}</div>}
    </div>
  );
}

// What the post before this page has done.
function Done({ ctx }: { ctx: PageContext }) {
  const words = ctx.notice && translateCode(ctx.language, `notice.${ctx.notice.code}`, { n: ctx.notice.count ?? 0 });
  return ctx.notice && words ? <Notice kind={ctx.notice.kind}>{words}</Notice> : null;
}

function Header({ ctx, bare }: { ctx: PageContext; bare?: boolean }) {
  const { t } = ctx;
  return (
    <header class="site-header">
      <div class="site-header-in">
        <a class="brand" href="/">
          <Mark />
          <span>{ctx.installationName}</span>
        </a>
        {!bare && (
          <>
            <nav class="site-nav" aria-label={t('ui.nav.main')}>
              <NavLink ctx={ctx} href="/events" words={t('ui.nav.events')} />
              {ctx.nav.backOffice && <NavLink ctx={ctx} href="/back-office" words={t('ui.nav.backOffice')} />}
              <NavLink ctx={ctx} href="/calls" words={t('calls.list.title')} />
              {(ctx.nav.backOffice || ctx.nav.organisations > 0) && (
                <NavLink ctx={ctx} href="/organisations" words={t('organisations.list.title')} />
              )}
              {ctx.nav.jury && <NavLink ctx={ctx} href="/desk" words={t('judging.desk.title')} />}
              {ctx.viewer && <NavLink ctx={ctx} href="/registrations" words={t('registrations.mine.title')} />}
            </nav>
            <div class="site-self">
              {ctx.viewer ? (
                <a class="self" href="/account" aria-current={isHere(ctx, '/account') ? 'page' : undefined}>
                  <span class="self-face" aria-hidden="true">
                    {initials(ctx.viewer.name)}
                  </span>
                  <span class="self-name">{ctx.viewer.name || t('ui.nav.account')}</span>
                </a>
              ) : (
                <a class="button button-quiet" href={`/sign-in?next=${encodeURIComponent(ctx.path)}`}>
                  {t('ui.nav.signIn')}
                </a>
              )}
            </div>
          </>
        )}
      </div>
    </header>
  );
}

function NavLink({ ctx, href, words }: { ctx: PageContext; href: string; words: string }) {
  return (
    <a href={href} aria-current={isHere(ctx, href) ? 'page' : undefined}>
      {words}
    </a>
  );
}

function isHere({ path }: PageContext, href: string): boolean {
  const here = path.split('?')[0] ?? '';
  return here === href || here.startsWith(`${href}/`);
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

function Footer({ ctx }: { ctx: PageContext }) {
  const { t } = ctx;
  return (
    <footer class="site-footer">
      <div class="site-footer-in">
        <nav aria-label={t('ui.footer.language')}>
          <ul class="inline-list">
            {LANGUAGES.map((language) => (
              <li key={language}>
                <a
                  href={`/language/${language}?next=${encodeURIComponent(ctx.path)}`}
                  lang={language}
                  hreflang={language}
                  rel="nofollow"
                  aria-current={language === ctx.language ? 'true' : undefined}
                >
                  {languageName(language, language)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <fieldset class="theme-switch" data-theme-switch hidden>
          <legend class="unseen">{t('ui.theme.legend')}</legend>
          {(['auto', 'light', 'dark'] as const).map((theme) => (
            <label key={theme}>
              <input type="radio" name="theme" value={theme} />
              <span>{t(`ui.theme.${theme}`)}</span>
            </label>
          ))}
        </fieldset>
        <p class="colophon">
          <a href="/calendars">{t('calendars.subscribe.title')}</a> · <a href="/transparency">{t('reports.transparency')}</a> ·{' '}
          <a href="/verify">{t('documents.verify.title')}</a> · <a href="/api/docs">API</a> · Convivium
        </p>
      </div>
    </footer>
  );
}
