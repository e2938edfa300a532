import type { ComponentChildren } from 'preact';
import { type Block, blocksOf, type FieldValues, type Inline } from '../../server/mailings/fields.ts';
import { FONT, INK } from '../colours.ts';
import { Link, Text } from '../layout.tsx';
import type { Part } from '../letter.tsx';

/** A text that somebody wrote for a mailing, with what its fields stand for, in both forms of a mail. */
export function writtenParts(text: string, values: FieldValues, lang: string | undefined): Part[] {
  const blocks = blocksOf(text);
  const parts: Part[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at] as Block;
    if (block.type !== 'item')
      parts.push(block.type === 'heading' ? heading(block, values, lang) : paragraph(block, values, lang));
    else {
      const items = [block];
      while (blocks[at + 1]?.type === 'item') items.push(blocks[++at] as Block);
      parts.push(list(items, values, lang));
    }
  }
  return parts;
}

function paragraph({ parts }: Block, values: FieldValues, lang?: string): Part {
  return {
    html: (
      <Text>
        <In lang={lang}>{drawn(parts, values)}</In>
      </Text>
    ),
    text: said(parts, values),
  };
}

function heading({ parts }: Block, values: FieldValues, lang?: string): Part {
  return {
    html: (
      <h2 class="ink" lang={lang} style={{ margin: '22px 0 10px', font: `700 18px/1.35 ${FONT}`, color: INK }}>
        {drawn(parts, values)}
      </h2>
    ),
    text: said(parts, values),
  };
}

function list(items: Block[], values: FieldValues, lang?: string): Part {
  return {
    html: (
      <ul
        class="ink"
        lang={lang}
        style={{ margin: '0 0 16px', padding: '0 0 0 22px', font: `400 16px/1.55 ${FONT}`, color: INK }}
      >
        {items.map((item, n) => (
          <li key={n} style={{ margin: '0 0 6px' }}>
            {drawn(item.parts, values)}
          </li>
        ))}
      </ul>
    ),
    text: items.map((item) => `- ${said(item.parts, values)}`).join('\n'),
  };
}

const In = ({ lang, children }: { lang: string | undefined; children: ComponentChildren }) =>
  lang === undefined ? (
    <>{children}</>
  ) : (
    <span lang={lang} dir="auto">
      {children}
    </span>
  );

const address = (href: string, values: FieldValues) => (href.startsWith('{{') ? (values['event.link'] ?? '') : href);

function drawn(parts: readonly Inline[], values: FieldValues): ComponentChildren {
  return parts.map((part, n) => {
    if (part.type === 'break') return <br key={n} />;
    if (part.type === 'text') return part.text;
    if (part.type === 'bold') return <strong key={n}>{drawn(part.parts, values)}</strong>;
    if (part.type === 'link') {
      const href = address(part.href, values);
      return href ? (
        <Link key={n} href={href}>
          {drawn(part.parts, values)}
        </Link>
      ) : (
        drawn(part.parts, values)
      );
    }
    const value = values[part.field] ?? '';
    return part.field === 'event.link' && value ? (
      <Link key={n} href={value}>
        {value}
      </Link>
    ) : (
      value
    );
  });
}

function said(parts: readonly Inline[], values: FieldValues): string {
  return parts
    .map((part) => {
      if (part.type === 'break') return '\n';
      if (part.type === 'text') return part.text;
      if (part.type === 'field') return values[part.field] ?? '';
      const words = said(part.parts, values);
      if (part.type === 'bold') return words;
      const href = address(part.href, values);
      return href && href !== words ? `${words} (${href})` : words;
    })
    .join('');
}
