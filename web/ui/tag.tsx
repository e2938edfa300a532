import type { ComponentChildren } from 'preact';

/** What a state means to its reader: good, waiting for something, bad, new, over. The word says it; colour and dot repeat it. */
export type Tone = 'good' | 'wait' | 'bad' | 'new' | 'off';

export function Tag({ tone, plain, children }: { tone?: Tone; plain?: boolean; children: ComponentChildren }) {
  return <span class={`tag${tone ? ` tag-${tone}` : ''}${plain || !tone ? ' tag-plain' : ''}`}>{children}</span>;
}
