import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** For the wall of a room: a code, and behind it a field for one's address. The personal link comes by mail. */
export function RoomPage(props: {
  ctx: PageContext;
  title: string;
  path: string;
  svg: string;
  sent: boolean;
  typed?: string;
  errors?: FieldError[];
}) {
  const { ctx, title, path, svg, sent, typed, errors = [] } = props;
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      bare
      width="text"
      title={t('questionnaires.room.title')}
      kicker={title}
      lead={t('questionnaires.room.lead')}
      errors={errors}
    >
      {sent ? (
        <p role="status">{t('questionnaires.room.sent')}</p>
      ) : (
        <PostForm action={path}>
          <TextInput
            ctx={ctx}
            name="email"
            type="email"
            label={t('questionnaires.room.email')}
            value={typed}
            errors={errors}
            autocomplete="email"
            required
          />
          <ButtonRow>
            <Button>{t('questionnaires.room.go')}</Button>
          </ButtonRow>
        </PostForm>
      )}
      {/* Drawn by us from the address of this page. */}
      <div class="room-code" role="img" aria-label={t('questionnaires.page.room')} dangerouslySetInnerHTML={{ __html: svg }} />
    </Layout>
  );
}
