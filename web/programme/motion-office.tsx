import type { EventDetails } from '../../server/events/queries.ts';
import type { Motion } from '../../server/programme/assembly-queries.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { MotionState } from './assembly-page.tsx';

/** A motion with what can be done with it now. */
export function MotionOffice({ ctx, event, motion }: { ctx: PageContext; event: EventDetails; motion: Motion }) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/assembly/motions/${motion.id}`;
  const name = textIn(motion.title, [ctx.language], event.defaultLanguage);
  return (
    <article aria-labelledby={`m-${motion.id}`}>
      <h3 id={`m-${motion.id}`}>{name}</h3>
      <MotionState ctx={ctx} motion={motion} />
      <div class="row-actions">
        {!motion.openedAt && (
          <>
            <PostForm action={`${path}/opening`} inline>
              <Button kind="secondary" small label={t('assembly.openOf', { name })}>
                {t('assembly.open')}
              </Button>
            </PostForm>
            <ButtonLink href={path} kind="quiet" small label={t('assembly.editOf', { name })}>
              {t('assembly.edit')}
            </ButtonLink>
            <PostForm action={`${path}/removal`} inline>
              <Button kind="quiet" small label={t('assembly.removeOf', { name })}>
                {t('assembly.remove')}
              </Button>
            </PostForm>
          </>
        )}
        {motion.openedAt && !motion.closedAt && (
          <PostForm action={`${path}/closing`} inline>
            <Button kind="secondary" small label={t('assembly.closeOf', { name })}>
              {t('assembly.close')}
            </Button>
          </PostForm>
        )}
      </div>
    </article>
  );
}
