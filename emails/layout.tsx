import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';

const page = {
  margin: 0,
  padding: '24px 12px',
  backgroundColor: '#f4f5f7',
  color: '#1c2330',
  fontFamily: 'system-ui, -apple-system, Segoe UI, sans-serif',
};
const card = { maxWidth: '560px', margin: '0 auto', padding: '28px', backgroundColor: '#ffffff', borderRadius: '8px' };

/** The frame of every mail. Styles stand inline, because mail readers drop sheets; the one sheet is for the dark. */
export function Frame({
  language,
  title,
  children,
  installation,
}: {
  language: string;
  title: string;
  children: ComponentChildren;
  installation: string;
}) {
  return (
    <html lang={language} dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <style>
          {
            '@media (prefers-color-scheme: dark){.page{background-color:#10141b!important;color:#e8ebf0!important}.card{background-color:#1a202b!important}}'
          }
        </style>
      </head>
      <body class="page" style={page}>
        <div class="card" style={card}>
          <h1 style={{ margin: '0 0 16px', fontSize: '22px', lineHeight: '1.3' }}>{title}</h1>
          {children}
        </div>
        <p style={{ maxWidth: '560px', margin: '16px auto 0', fontSize: '13px', textAlign: 'center' }}>{installation}</p>
      </body>
    </html>
  );
}

export function Paragraph({ children }: { children: ComponentChildren }) {
  return <p style={{ margin: '0 0 16px', fontSize: '16px', lineHeight: '1.5' }}>{children}</p>;
}

/** A button that is a button in every mail reader: the room around the words belongs to the link. */
export function Button({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <p style={{ margin: '24px 0' }}>
      <a
        href={href}
        style={{
          display: 'inline-block',
          padding: '12px 24px',
          backgroundColor: '#0b5a8a',
          color: '#ffffff',
          borderRadius: '6px',
          textDecoration: 'none',
          fontWeight: 600,
        }}
      >
        {children}
      </a>
    </p>
  );
}

/** Facts by name, as a list that every reader reads in order. */
export function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <dl style={{ margin: '0 0 16px', fontSize: '16px', lineHeight: '1.5' }}>
      {facts.flatMap(([name, value]) => [
        <dt key={`${name}-name`} style={{ fontSize: '13px', marginTop: '8px' }}>
          {name}
        </dt>,
        <dd key={name} style={{ margin: 0, fontWeight: 600 }}>
          {value}
        </dd>,
      ])}
    </dl>
  );
}

/** The HTML document of a mail. */
export function renderMail(node: ComponentChildren): string {
  return `<!doctype html>${renderToString(<>{node}</>)}`;
}
