import type { Missing } from '../../server/events/completeness.ts';
import { languageName } from '../locales/format.ts';
import { translateCode } from '../locales/translate.ts';
import type { PageContext } from '../page.ts';

/** What an event still lacks, each line leading to where it is written. */
export function MissingList({ ctx, slug, items }: { ctx: PageContext; slug: string; items: Missing[] }) {
  return (
    <ul class="todo">
      {grouped(items).map(({ item, languages }) => (
        <li key={item.code}>
          <span>
            <a href={`/back-office/events/${slug}/${item.section}`}>
              {translateCode(ctx.language, `events.missing.${item.code}`) ?? item.code}
            </a>
          </span>
          {languages.length > 0 && <span>{languages.map((tag) => languageName(tag, ctx.language)).join(', ')}</span>}
        </li>
      ))}
    </ul>
  );
}

function grouped(items: Missing[]): { item: Missing; languages: string[] }[] {
  const groups = new Map<string, { item: Missing; languages: string[] }>();
  for (const item of items) {
    const group = groups.get(item.code) ?? { item, languages: [] };
    if (item.language) group.languages.push(item.language);
    groups.set(item.code, group);
  }
  return [...groups.values()];
}
