/** Filters as they stand in a URL: what is not set is not there. */
export function queryOf(filter: Record<string, unknown>, without: readonly string[] = []): string {
  const set = Object.entries(filter).filter(
    ([name, value]) => value !== undefined && value !== '' && value !== false && !without.includes(name),
  );
  return new URLSearchParams(set.map(([name, value]) => [name, value === true ? 'on' : String(value)])).toString();
}

/** An address with its query. */
export const at = (path: string, query: string) => (query ? `${path}?${query}` : path);
