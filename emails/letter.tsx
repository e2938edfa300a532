import type { ComponentChildren } from 'preact';
import { oneLine } from '../web/locales/format.ts';
import type { Language } from '../web/locales/languages.ts';
import { type Translate, translator } from '../web/locales/translate.ts';
import { Button, Buttons, Choice, Layout, Link, render, Said, Section, Text, type Tone, type Words } from './layout.tsx';
import type { Mail } from './mailer.ts';
import { DataTable, KeyValueTable } from './tables.tsx';

// A mail is written twice, as HTML and as plain text, and both must say the same. So it is put together from parts that are written
// twice each, side by side.

/** A part of a mail in both its forms. */
export interface Part {
  html: ComponentChildren;
  text: string;
}

/** Who sends. */
export interface Site {
  installation: string;
  /** Its address, without a slash at the end. */
  url: string;
}

export interface Letter {
  site: Site;
  subject: string;
  heading: string;
  /** In a word or two what it is about, in its colour. */
  state?: string;
  tone?: Tone;
  /** What a list of messages shows after the subject. */
  preheader: string;
  parts: (Part | null | undefined | false)[];
  /** Why somebody gets it. */
  why: string;
  calendar?: Mail['calendar'];
  replyTo?: string;
}

/** The message that a letter makes, in HTML and in plain text. */
export function mailOf(letter: Letter, language: Language): Mail {
  const { site } = letter;
  const parts = letter.parts.filter((part): part is Part => Boolean(part));
  const sender = translator(language)('emails.sender', { installation: site.installation });
  const html = render(
    <Layout
      language={language}
      title={letter.subject}
      heading={letter.heading}
      state={letter.state}
      tone={letter.tone ?? 'plain'}
      preheader={letter.preheader}
      installation={site.installation}
      footer={
        <>
          {letter.why}
          <br />
          {sender}, <Link href={site.url}>{site.url.replace(/^https?:\/\//, '')}</Link>
        </>
      }
    >
      {parts.map((part) => part.html)}
    </Layout>,
  );
  const text = [
    letter.heading.toLocaleUpperCase(language),
    ...parts.map((part) => part.text),
    `-- \n${letter.why}\n${sender}, ${site.url}`,
  ];
  return {
    subject: oneLine(letter.subject),
    text: `${text.join('\n\n')}\n`,
    html,
    calendar: letter.calendar,
    replyTo: letter.replyTo,
  };
}

export function paragraph(text: string, soft = false): Part {
  return { html: <Text soft={soft}>{text}</Text>, text };
}

/** What somebody wrote, line by line as they wrote it. */
export function quoted(words: Words, language: Language): Part {
  const lines = words.text.trim().split(/\r?\n/);
  const html = lines.flatMap((line, n) => [
    n > 0 ? <br key={`break-${n}`} /> : null,
    <Said key={n} words={{ ...words, text: line }} language={language} />,
  ]);
  return { html: <Text>{html}</Text>, text: lines.join('\n') };
}

export interface Fact {
  name: string;
  value: string;
  /** Where it is not the mail's. */
  lang?: string;
}

export function facts(rows: readonly (Fact | null | undefined | false)[], language: Language): Part | null {
  const present = rows.filter((row): row is Fact => Boolean(row));
  if (present.length === 0) return null;
  return {
    html: (
      <KeyValueTable
        rows={present.map((row) => [
          row.name,
          <Said key={row.name} words={{ text: row.value, lang: row.lang ?? language }} language={language} />,
        ])}
      />
    ),
    text: present.map((row) => `${row.name}: ${row.value}`).join('\n'),
  };
}

export function section(title: string, parts: readonly (Part | null | undefined | false)[]): Part {
  const present = parts.filter((part): part is Part => Boolean(part));
  return {
    html: <Section title={title}>{present.map((part) => part.html)}</Section>,
    text: [`${title}\n${'-'.repeat(Math.min(60, title.length))}`, ...present.map((part) => part.text)].join('\n\n'),
  };
}

export function table(caption: string, head: string[], rows: string[][]): Part {
  return {
    html: <DataTable caption={caption} head={head} rows={rows} />,
    text: [`${caption}:`, ...rows.map((row) => `- ${row.join(' · ')}`)].join('\n'),
  };
}

export interface Action {
  label: string;
  url: string;
}

/** What can be done about it: the first as the main thing. */
export function actions(...all: (Action | null | undefined | false)[]): Part {
  const present = all.filter((one): one is Action => Boolean(one));
  return {
    html: (
      <Buttons>
        {present.map((one, n) => (
          <Button key={one.url} href={one.url} quiet={n > 0}>
            {one.label}
          </Button>
        ))}
      </Buttons>
    ),
    text: present.map((one) => `${one.label}:\n${one.url}`).join('\n\n'),
  };
}

/** Answers to tap on, none before another. */
export function choices(all: readonly Action[]): Part {
  return {
    html: (
      <div style={{ margin: '4px 0 12px' }}>
        {all.map((one) => (
          <Choice key={one.url} href={one.url}>
            {one.label}
          </Choice>
        ))}
      </div>
    ),
    text: all.map((one) => `${one.label}: ${one.url}`).join('\n'),
  };
}

/** A link that stands below everything else. */
export function quietLink({ label, url }: Action): Part {
  return {
    html: (
      <Text soft>
        <Link href={url}>{label}</Link>
      </Text>
    ),
    text: `${label}:\n${url}`,
  };
}

/** One button with its address written out, for links that must work. */
export function keyAction(t: Translate, action: Action): Part {
  return {
    html: (
      <>
        {actions(action).html}
        <Text soft>
          {t('emails.linkHelp')}
          <br />
          <Link href={action.url}>{action.url}</Link>
        </Text>
      </>
    ),
    text: `${action.label}:\n${action.url}`,
  };
}
