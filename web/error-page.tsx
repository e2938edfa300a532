import { Layout } from './layout.tsx';
import type { FieldError, PageContext } from './page.ts';
import { ButtonLink, ButtonRow } from './ui/button.tsx';

/** A problem as the server describes it, in the reader's language. */
export interface ProblemCard {
  title: string;
  status: number;
  detail?: string;
  errors?: FieldError[];
}

/** What went wrong, whether anything was changed, and where to go from here. */
export function ErrorPage({ ctx, problem }: { ctx: PageContext; problem: ProblemCard }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={problem.title} kicker={String(problem.status)} width="text">
      <p class="lead">{problem.detail ?? adviceOn(ctx, problem.status)}</p>
      {problem.errors && problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((error) => (
            <li key={error.path}>
              {error.path && <code>{error.path}</code>} {error.message}
            </li>
          ))}
        </ul>
      )}
      <ButtonRow>
        {problem.status === 401 ? (
          <ButtonLink href={`/sign-in?next=${encodeURIComponent(ctx.path)}`}>{t('ui.nav.signIn')}</ButtonLink>
        ) : (
          <ButtonLink href="/">{t('ui.error.home')}</ButtonLink>
        )}
      </ButtonRow>
    </Layout>
  );
}

function adviceOn({ t }: PageContext, status: number): string {
  if (status === 404) return t('ui.error.notFound');
  if (status === 403) return t('ui.error.notAllowed');
  if (status >= 500) return t('ui.error.ours');
  return t('ui.error.other');
}
