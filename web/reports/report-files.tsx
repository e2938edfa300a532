import type { PageContext } from '../page.ts';
import { Exports } from '../ui/pager.tsx';

/** A report to take along: as a document, and as figures. */
export function ReportFiles({ ctx, path, query = '' }: { ctx: PageContext; path: string; query?: string }) {
  return (
    <>
      <p>
        <a href={`${path}.pdf${query && `?${query}`}`} download>
          PDF
        </a>
      </p>
      <Exports ctx={ctx} path={path} query={query} />
    </>
  );
}
