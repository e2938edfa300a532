import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';

export interface DoorLinkPageProps {
  ctx: PageContext;
  action: string;
  door: string;
  event: string;
  typed: string;
  errors?: FieldError[] | undefined;
}

/** A volunteer takes their place at a door. */
export function DoorLinkPage({ ctx, action, door, event, typed, errors }: DoorLinkPageProps) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('door.link.title', { door })}
      kicker={event}
      lead={t('door.link.lead')}
      width="text"
      errors={errors}
      bare
      head={<meta name="robots" content="noindex" />}
    >
      <PostForm action={action}>
        <TextInput ctx={ctx} name="name" label={t('door.link.name')} value={typed} autocomplete="name" errors={errors} required />
        <Button>{t('door.link.begin')}</Button>
      </PostForm>
    </Layout>
  );
}
