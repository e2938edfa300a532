import type { ComponentChildren } from 'preact';
import { formatNumber } from '../locales/format.ts';
import type { PageContext } from '../page.ts';

export interface Fact {
  term: string;
  value: ComponentChildren;
}

/** What is known of one thing, term by term; a fact without value is left out. */
export function DefinitionList({ facts }: { facts: (Fact | null | false)[] }) {
  return (
    <dl class="facts">
      {facts.map(
        (fact) =>
          fact && (
            <>
              <dt>{fact.term}</dt>
              <dd>{fact.value}</dd>
            </>
          ),
      )}
    </dl>
  );
}

/** A thing among others of its kind. `Cards` puts them side by side. */
export function Card({ title, href, lang, kicker, children, foot }: CardProps) {
  return (
    <li class="card">
      {kicker && <p class="kicker">{kicker}</p>}
      <h3 lang={lang}>{href ? <a href={href}>{title}</a> : title}</h3>
      {children}
      {foot && <div class="card-foot">{foot}</div>}
    </li>
  );
}

export interface CardProps {
  title: string;
  href?: string;
  lang?: string;
  kicker?: ComponentChildren;
  children?: ComponentChildren;
  foot?: ComponentChildren;
}

export function Cards({ children }: { children: ComponentChildren }) {
  return <ul class="cards">{children}</ul>;
}

/** Numbers with their names, side by side. */
export function Stats({
  ctx,
  stats,
}: {
  ctx: PageContext;
  stats: { words: string; value: number | string; note?: string; href?: string }[];
}) {
  return (
    <dl class="stats">
      {stats.map(({ words, value, note, href }) => (
        <div class="stat" key={words}>
          <dt>{href ? <a href={href}>{words}</a> : words}</dt>
          <dd>
            {typeof value === 'number' ? formatNumber(value, ctx.language) : value}{' '}
            {note && <span class="stat-note">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How many places are taken. The words say it; the bar is for the eye. */
export function Progress({ ctx, label, value, total }: { ctx: PageContext; label: string; value: number; total: number }) {
  const share = total > 0 ? Math.min(1, Math.max(0, value / total)) : 0;
  return (
    <div class={`progress${share >= 1 ? ' progress-full' : ''}`}>
      <p>
        <span>{label}</span> <strong>{ctx.t('ui.progress.of', { n: value, total })}</strong>
      </p>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect class="progress-track" width="100" height="4" />
        <rect class="progress-taken" width={(share * 100).toFixed(2)} height="4" />
      </svg>
    </div>
  );
}

export interface Moment {
  key: string;
  what: ComponentChildren;
  by?: ComponentChildren;
  when: ComponentChildren;
  children?: ComponentChildren;
}

/** What happened, in order. */
export function Timeline({ moments, label }: { moments: Moment[]; label?: string }) {
  return (
    <ol class="timeline" aria-label={label}>
      {moments.map((moment) => (
        <li key={moment.key}>
          <p>
            <strong>{moment.what}</strong>
          </p>
          <p class="timeline-by">
            {moment.by && <>{moment.by} · </>}
            {moment.when}
          </p>
          {moment.children}
        </li>
      ))}
    </ol>
  );
}
