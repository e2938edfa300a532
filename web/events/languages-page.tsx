import type { EventDetails } from '../../server/events/queries.ts';
import { languageName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Names } from './about-fields.tsx';
import { OfficeFrame } from './office-frame.tsx';
import { languagesOf } from './texts-fields.tsx';

export interface LanguagesPageProps {
  ctx: PageContext;
  event: EventDetails;
  typed?: string;
  errors?: FieldError[];
}

/** In which languages the event is written: any, the interface's or not. */
export function LanguagesPage({ ctx, event, typed = '', errors = [] }: LanguagesPageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/languages`;
  const name = (tag: string) => languageName(tag, ctx.language);
  const texts = [event.title, event.summary, event.description];
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('events.section.languages')}
      lead={t('events.section.languagesLead')}
      width="text"
      errors={errors}
    >
      <Table
        ctx={ctx}
        caption={t('events.section.languages')}
        captionUnseen
        rows={languagesOf(event)}
        rowKey={(tag) => tag}
        columns={[
          {
            key: 'language',
            words: t('events.languages.language'),
            cell: (tag) => (
              <>
                {name(tag)} {tag === event.defaultLanguage && <Tag plain>{t('ui.textMap.default')}</Tag>}
              </>
            ),
          },
          {
            key: 'texts',
            words: t('events.languages.texts'),
            cell: (tag) => t('events.languages.written', { n: texts.filter((map) => map[tag]).length, of: texts.length }),
          },
          {
            key: 'actions',
            words: t('events.languages.actions'),
            cell: (tag) =>
              tag !== event.defaultLanguage && (
                <span class="row-actions">
                  {event.title[tag] && (
                    <PostForm action={`${path}/${tag}/main`} inline>
                      <Button kind="secondary" small label={t('events.languages.mainOf', { language: name(tag) })}>
                        {t('events.languages.main')}
                      </Button>
                    </PostForm>
                  )}
                  <PostForm action={`${path}/${tag}/removal`} inline>
                    <Button kind="quiet" small label={t('events.languages.removeOf', { language: name(tag) })}>
                      {t('events.languages.remove')}
                    </Button>
                  </PostForm>
                </span>
              ),
          },
        ]}
      />
      <h2>{t('events.languages.add')}</h2>
      <PostForm action={path}>
        <TextInput
          ctx={ctx}
          errors={errors}
          name="language"
          value={typed}
          label={t('events.languages.language')}
          hint={t('events.languages.hint')}
          required
          size="short"
          maxlength={35}
          spellcheck={false}
          list="tags"
        />
        <Names id="tags" names={['en', 'fr', 'es', 'pt', 'ca', 'eu', 'gl', 'it', 'de', 'ko', 'ar', 'pt-BR']} />
        <Button kind="secondary">{t('events.languages.add')}</Button>
      </PostForm>
      <p>
        <a href={`/back-office/events/${event.slug}/texts`}>{t('events.languages.toTexts')}</a>
      </p>
    </OfficeFrame>
  );
}
