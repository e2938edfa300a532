import type { BallotResult } from '../../server/judging/ballot.ts';
import { formatList } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { BallotChart } from './ballot-chart.tsx';

interface Named {
  id: string;
  name: string;
  lang?: string | undefined;
}

/** A result of Schulze's method: the order, the duels it comes from, and for each step the paths that decide it. */
export function BallotResultView({
  ctx,
  candidates,
  result,
  cast,
}: {
  ctx: PageContext;
  candidates: Named[];
  result: BallotResult;
  cast: number;
}) {
  const { t } = ctx;
  const named = new Map(candidates.map((one) => [one.id, one]));
  const name = (id: string) => named.get(id)?.name ?? id;
  const letters = new Map(result.order.flat().map((id, at) => [id, letterOf(at)]));
  const letter = (id: string) => letters.get(id) ?? id;
  const voters = (a: string, b: string) => result.preferences.find((one) => one.a === a && one.b === b)?.voters ?? 0;
  const path = (a: string, b: string) => result.paths.find((one) => one.a === a && one.b === b);
  const all = result.order.flat();
  const beatsAll = all.find((a) => all.every((b) => a === b || voters(a, b) > voters(b, a)));
  const words = (a: string, b: string) => {
    const found = path(a, b);
    return found
      ? t('judging.ballot.path', { path: found.through.map(letter).join(' → '), n: found.strength })
      : t('judging.ballot.noPath', { from: letter(a), to: letter(b) });
  };
  return (
    <section>
      <h2>{t('judging.ballot.result')}</h2>
      <p>{t('judging.ballot.counted', { n: cast })}</p>
      <ol class="ballot-order">
        {result.order.map((group) => (
          <li key={group.join()}>
            {formatList(
              group.map((id) => `${letter(id)} – ${name(id)}`),
              ctx.language,
            )}{' '}
            {group.length > 1 && <strong>{t('judging.ballot.tied')}</strong>}
          </li>
        ))}
      </ol>
      <p>
        {beatsAll ? t('judging.ballot.beatsAll', { name: name(beatsAll) }) : t('judging.ballot.circle')}{' '}
        {t('judging.ballot.method')}
      </p>
      <BallotChart ctx={ctx} order={all.map((id) => ({ id, letter: letter(id), name: name(id) }))} voters={voters} />
      <h3>{t('judging.ballot.why')}</h3>
      <ul>
        {result.order.slice(1).map((group, at) => {
          const [a, b] = [result.order[at]?.[0] as string, group[0] as string];
          return (
            <li key={b}>
              {t('judging.ballot.before', { above: letter(a), below: letter(b) })} {words(a, b)} {words(b, a)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const letterOf = (at: number) => (at < 26 ? String.fromCharCode(65 + at) : `A${String.fromCharCode(65 + ((at - 26) % 26))}`);
