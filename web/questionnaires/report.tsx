import type { ItemResult, Results } from '../../server/questionnaires/results.ts';
import { DivergingBars } from '../charts/diverging-bars.tsx';
import { NpsBar } from '../charts/nps-bar.tsx';
import { ShareBars } from '../charts/share-bars.tsx';
import { countryName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';

type Texts = Record<string, string>;
interface Setting {
  ctx: PageContext;
  results: Results;
  say: (texts: Texts) => string;
}

/** The figures of a questionnaire, question by question. */
export function Report({ ctx, results }: { ctx: PageContext; results: Results }) {
  const say = (texts: Texts) => textIn(texts, [ctx.language], results.defaultLanguage);
  const setting = { ctx, results, say };
  return (
    <>
      {blocksOf(results.items).map((block) =>
        block.length > 1 || block[0]?.under ? (
          <MatrixBlock key={block[0]?.key} setting={setting} rows={block} />
        ) : (
          block[0] && <ItemBlock key={block[0].key} setting={setting} item={block[0]} />
        ),
      )}
    </>
  );
}

/** Rows of one matrix stand together. */
function blocksOf(items: readonly ItemResult[]): ItemResult[][] {
  const blocks: ItemResult[][] = [];
  for (const item of items) {
    const last = blocks.at(-1);
    if (item.under && last?.[0]?.under && last[0].key.split('.')[0] === item.key.split('.')[0]) last.push(item);
    else blocks.push([item]);
  }
  return blocks;
}

const few = ({ ctx, results }: Setting) => ctx.t('questionnaires.results.few', { least: results.minimumGroup });

function MatrixBlock({ setting, rows }: { setting: Setting; rows: ItemResult[] }) {
  const { ctx, say } = setting;
  const [first] = rows;
  if (!first) return null;
  const scored = first.choices.filter(({ score }) => score !== null);
  const scale = scored.length > 1 ? scored.toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0)) : first.choices;
  const out = first.choices.filter((choice) => !scale.includes(choice));
  return (
    <DivergingBars
      ctx={ctx}
      title={say(first.under ?? first.label)}
      note={
        out.length > 0
          ? out.map(({ label }) => ctx.t('questionnaires.results.notCounted', { words: say(label) })).join(' ')
          : undefined
      }
      options={scale.map(({ label }) => say(label))}
      rows={rows.map((row) => ({
        key: row.key,
        name: say(row.label),
        base: row.base,
        percents: percentsOn(
          row,
          scale.map(({ code }) => code),
        ),
        instead: row.base === null ? few(setting) : nearlyAll(setting, row),
      }))}
    />
  );
}

// Of those who are on the scale: "not applicable" is no lukewarm answer.
function percentsOn(row: ItemResult, codes: string[]): number[] | null {
  const percents = codes.map((code) => row.choices.find((choice) => choice.code === code)?.percent ?? null);
  if (row.base === null || percents.some((percent) => percent === null)) return null;
  const sum = percents.reduce<number>((all, percent) => all + (percent ?? 0), 0);
  return sum === 0 ? null : percents.map((percent) => Math.round(((percent ?? 0) / sum) * 100));
}

const nearlyAll = ({ ctx, say }: Setting, item: ItemResult) => {
  const choice = item.choices.find(({ code }) => code === item.nearlyAll);
  return choice ? ctx.t('questionnaires.results.nearlyAll', { words: say(choice.label) }) : '';
};

function ItemBlock({ setting, item }: { setting: Setting; item: ItemResult }) {
  const { ctx, say } = setting;
  const { t } = ctx;
  const title = say(item.label);
  if (item.base === null) return <Unshown title={title} words={few(setting)} />;
  const base = t('questionnaires.results.base', { n: item.base });
  if (item.nearlyAll !== null) return <Unshown title={title} words={`${nearlyAll(setting, item)} (${base})`} />;
  if (item.nps) return <NpsBar ctx={ctx} title={title} note={base} {...item.nps} />;
  if (item.kind === 'text') return <Written setting={setting} item={item} />;
  const mean = item.mean === null ? '' : ` · ${t('questionnaires.results.mean', { mean: item.mean })}`;
  if (item.kind === 'number') return <Unshown title={title} words={`${base}${mean}`} />;
  const shares = item.choices.map(({ code, label, percent, meanRank }) => ({
    key: code,
    name: `${nameOf(setting, item, code, label)}${meanRank === null ? '' : ` (${t('questionnaires.results.meanRank')} ${meanRank})`}`,
    percent: percent ?? 0,
  }));
  const several = item.kind === 'multi' ? ` · ${t('questionnaires.results.multi')}` : '';
  const sorted = item.kind === 'scale' ? shares : shares.toSorted((a, b) => b.percent - a.percent);
  return <ShareBars ctx={ctx} title={title} note={`${base}${mean}${several}`} shares={sorted} />;
}

// A country's name comes from its code; a consent has none.
function nameOf({ ctx, say }: Setting, item: ItemResult, code: string, label: Texts): string {
  if (code === 'true') return say(item.label);
  return /^[A-Z]{2}$/.test(code) && label.en === code ? countryName(code, ctx.language) : say(label);
}

function Unshown({ title, words }: { title: string; words: string }) {
  return (
    <figure class="figure">
      <figcaption>{title}</figcaption>
      <p class="bars-instead">{words}</p>
    </figure>
  );
}

function Written({ setting, item }: { setting: Setting; item: ItemResult }) {
  const { ctx, say } = setting;
  return (
    <section class="figure">
      <h2 class="figure-title">{say(item.label)}</h2>
      <p class="figure-note">{ctx.t('questionnaires.results.base', { n: item.base ?? 0 })}</p>
      {item.texts.length > 0 && (
        <ul class="written" aria-label={ctx.t('questionnaires.results.texts')}>
          {item.texts.map((text) => (
            <li key={text} dir="auto">
              {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
