import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Language } from '../web/locales/languages.ts';
import { ACCENT, FONT, INK, LINE, SOFT, TINT } from './colours.ts';
import { Table } from './tables.tsx';

// The parts of a mail. Styles stand inline, because mail programs drop sheets; the one sheet is for the dark and for small screens,
// and what does not understand it loses nothing. Tables, because one of the programs draws with a word processor.

const SHEET = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
a{text-underline-offset:.18em}
@media (max-width:520px){.pad{padding-left:20px!important;padding-right:20px!important}.wide{width:100%!important}.act{display:block!important;text-align:center!important}}
@media (prefers-color-scheme:dark){
.page{background-color:#0b1116!important}
.card,.cell{background-color:#141c23!important;border-color:#3a4853!important}
.tint{background-color:#1c2730!important;border-color:#3a4853!important}
.ink{color:#e9eef2!important}.soft{color:#aab7c2!important}.link{color:#7fd3e0!important}
.line{border-color:#3a4853!important}.bar{background-color:#7fd3e0!important}
.main{background-color:#7fd3e0!important;border-color:#7fd3e0!important;color:#06252b!important}
.quiet{color:#7fd3e0!important;border-color:#7fd3e0!important;background-color:#141c23!important}
.good{background-color:#12382a!important;color:#8fe3b4!important}.wait{background-color:#3a2f10!important;color:#f3d58a!important}
.bad{background-color:#431d1a!important;color:#ffb3ab!important}.plain{background-color:#1c3238!important;color:#a5e3ec!important}
}`.replaceAll('\n', '');

/** What the colour of a mail says before it is read. */
export type Tone = 'good' | 'wait' | 'bad' | 'plain';
const TONES: Record<Tone, { backgroundColor: string; color: string }> = {
  good: { backgroundColor: '#e3f3e9', color: '#14663a' },
  wait: { backgroundColor: '#fbf1d9', color: '#6f4a00' },
  bad: { backgroundColor: '#fbe7e5', color: '#a8201a' },
  plain: { backgroundColor: '#e2f0f2', color: '#0c5a68' },
};

/** A text that somebody wrote, in its own language. */
export interface Words {
  text: string;
  lang: string;
}

/** Such a text, marked where its language is not the mail's. */
export function Said({ words, language }: { words: Words; language: Language }) {
  return words.lang === language ? (
    <>{words.text}</>
  ) : (
    <span lang={words.lang} dir="auto">
      {words.text}
    </span>
  );
}

/** The frame of every mail. */
export function Layout(props: {
  language: Language;
  title: string;
  heading: ComponentChildren;
  tone: Tone;
  state?: string;
  preheader: string;
  installation: string;
  footer: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <html lang={props.language} dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
        <title>{props.title}</title>
        <style>{SHEET}</style>
      </head>
      <body class="page" style={{ margin: '0', padding: '0', backgroundColor: TINT }}>
        <Preheader>{props.preheader}</Preheader>
        <Table class="page" style={{ backgroundColor: TINT }}>
          <td align="center" style={{ padding: '28px 12px' }}>
            <Table class="wide" style={{ maxWidth: '600px', margin: '0 auto' }}>
              <td class="ink pad" style={{ padding: '0 32px 14px', font: `600 16px/1.4 ${FONT}`, color: INK, textAlign: 'left' }}>
                {props.installation}
              </td>
            </Table>
            <Table
              class="wide card"
              style={{
                maxWidth: '600px',
                margin: '0 auto',
                backgroundColor: '#ffffff',
                border: `1px solid ${LINE}`,
                borderRadius: '10px',
                borderCollapse: 'separate',
                overflow: 'hidden',
              }}
            >
              <td style={{ padding: '0' }}>
                <Table>
                  <td class="bar" style={{ height: '4px', lineHeight: '4px', fontSize: '0', backgroundColor: ACCENT }} />
                </Table>
                <Table>
                  <td class="pad" style={{ padding: '28px 32px 12px', textAlign: 'left' }}>
                    <Heading tone={props.tone} state={props.state}>
                      {props.heading}
                    </Heading>
                    {props.children}
                  </td>
                </Table>
              </td>
            </Table>
            <Footer>{props.footer}</Footer>
          </td>
        </Table>
      </body>
    </html>
  );
}

/** What a list of messages shows after the subject. */
function Preheader({ children }: { children: ComponentChildren }) {
  return (
    <div style={{ display: 'none', maxHeight: '0', overflow: 'hidden', fontSize: '1px', lineHeight: '1px', color: TINT }}>
      {children}
    </div>
  );
}

function Heading({ children, tone, state }: { children: ComponentChildren; tone: Tone; state?: string }) {
  return (
    <>
      {state ? (
        <p style={{ margin: '0 0 14px', font: `600 14px/1.4 ${FONT}` }}>
          <span class={tone} style={{ display: 'inline-block', padding: '4px 12px', borderRadius: '999px', ...TONES[tone] }}>
            {state}
          </span>
        </p>
      ) : null}
      <h1 class="ink" style={{ margin: '0 0 18px', font: `700 26px/1.25 ${FONT}`, letterSpacing: '-0.01em', color: INK }}>
        {children}
      </h1>
    </>
  );
}

export function Text({ children, soft = false }: { children: ComponentChildren; soft?: boolean }) {
  return (
    <p
      class={soft ? 'soft' : 'ink'}
      style={{ margin: '0 0 16px', font: `400 ${soft ? 15 : 16}px/1.55 ${FONT}`, color: soft ? SOFT : INK }}
    >
      {children}
    </p>
  );
}

export function Link({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a class="link" href={href} style={{ color: ACCENT, wordBreak: 'break-word' }}>
      {children}
    </a>
  );
}

/** A part with a heading of its own. */
export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <Divider />
      <h2 class="ink" style={{ margin: '0 0 10px', font: `700 18px/1.35 ${FONT}`, color: INK }}>
        {title}
      </h2>
      {children}
    </>
  );
}

export function Divider() {
  return (
    <Table style={{ margin: '8px 0 22px' }}>
      <td class="line" style={{ borderTop: `1px solid ${LINE}`, height: '1px', lineHeight: '1px', fontSize: '0' }} />
    </Table>
  );
}

/** A button that is one in every mail program: the room around the words belongs to the link. */
export function Button({ href, children, quiet = false }: { href: string; children: ComponentChildren; quiet?: boolean }) {
  const colours = quiet ? { backgroundColor: '#ffffff', color: ACCENT } : { backgroundColor: ACCENT, color: '#ffffff' };
  return (
    <a
      class={quiet ? 'act quiet' : 'act main'}
      href={href}
      style={{
        display: 'inline-block',
        margin: '0 10px 10px 0',
        padding: '13px 24px',
        font: `600 16px/1.3 ${FONT}`,
        border: `1px solid ${ACCENT}`,
        borderRadius: '8px',
        textDecoration: 'none',
        ...colours,
      }}
    >
      {children}
    </a>
  );
}

/** One of several answers: none looks more meant than another, and on a phone they stand beside one another. */
export function Choice({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a
      class="quiet"
      href={href}
      style={{
        display: 'inline-block',
        margin: '0 8px 10px 0',
        padding: '11px 14px',
        minWidth: '18px',
        textAlign: 'center',
        font: `600 16px/1.3 ${FONT}`,
        border: `1px solid ${ACCENT}`,
        borderRadius: '8px',
        textDecoration: 'none',
        backgroundColor: '#ffffff',
        color: ACCENT,
      }}
    >
      {children}
    </a>
  );
}

export function Buttons({ children }: { children: ComponentChildren }) {
  return <div style={{ margin: '24px 0 12px' }}>{children}</div>;
}

function Footer({ children }: { children: ComponentChildren }) {
  return (
    <Table class="wide" style={{ maxWidth: '600px', margin: '0 auto' }}>
      <td class="soft pad" style={{ padding: '18px 32px 8px', font: `400 13px/1.5 ${FONT}`, color: SOFT, textAlign: 'left' }}>
        {children}
      </td>
    </Table>
  );
}

/** The HTML document of a mail. */
export function render(node: ComponentChildren): string {
  return `<!doctype html>${renderToString(<>{node}</>)}`;
}
