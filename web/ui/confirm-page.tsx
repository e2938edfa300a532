import type { ComponentChildren } from 'preact';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import type { Crumb } from './breadcrumbs.tsx';
import { Button, ButtonLink, ButtonRow } from './button.tsx';
import { PostForm } from './post-form.tsx';

export interface ConfirmPageProps {
  ctx: PageContext;
  /** The question: "Cancel 12 registrations?" */
  title: string;
  /** What will happen, in numbers and names. */
  consequence: ComponentChildren;
  /** What stays as it is. */
  kept?: string[];
  action: string;
  hidden?: Record<string, string | number | undefined>;
  /** The button says the deed: "Cancel 12 registrations". */
  go: string;
  back: string;
  breadcrumbs?: Crumb[];
  errors?: FieldError[];
  /** Fields that belong to it (a reason) and further hidden inputs. */
  children?: ComponentChildren;
}

/** The page before something that reaches others: what it will do, what is kept, on or back. */
export function ConfirmPage(props: ConfirmPageProps) {
  const { ctx, title, consequence, kept, action, hidden, go, back, children } = props;
  return (
    <Layout ctx={ctx} title={title} width="text" breadcrumbs={props.breadcrumbs} errors={props.errors}>
      <div class="consequence">{typeof consequence === 'string' ? <p>{consequence}</p> : consequence}</div>
      {kept && kept.length > 0 && (
        <>
          <h2>{ctx.t('ui.confirm.kept')}</h2>
          <ul>
            {kept.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      <PostForm action={action} hidden={hidden}>
        {children}
        <ButtonRow>
          <Button kind="danger">{go}</Button>
          <ButtonLink kind="quiet" href={back}>
            {ctx.t('ui.confirm.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
