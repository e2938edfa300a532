import type { Definition } from '../../server/forms/definition.ts';
import type { Asked } from '../../server/questionnaires/queries.ts';
import { conditionsStylesheet, FormFields } from '../forms/form-fields.tsx';
import { Layout } from '../layout.tsx';
import { formatInstant, languageName } from '../locales/format.ts';
import { isLanguage } from '../locales/languages.ts';
import { readIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { LangText } from '../ui/content.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Promise as Promised } from './promise.tsx';

export interface AnswerPageProps {
  ctx: PageContext;
  token: string;
  asked: Asked;
  definition: Definition;
  answers: Record<string, unknown>;
  /** Key of the page of the form. */
  page: string;
  step: number;
  steps: number;
  /** The answers of all pages, sealed. */
  kept: string;
  errors: FieldError[];
}

/** One page of a questionnaire, for whoever opens their personal link. */
export function AnswerPage(props: AnswerPageProps) {
  const { ctx, token, asked, definition, answers, page, step, steps, kept, errors } = props;
  const { t } = ctx;
  const heading = readIn(definition.title, [ctx.language], definition.defaultLanguage);
  const last = step >= steps - 1;
  const languages = definition.languages.filter(isLanguage);
  return (
    <Layout
      ctx={ctx}
      bare
      width="text"
      title={heading?.text ?? ''}
      titleLang={heading && heading.lang !== ctx.language ? heading.lang : undefined}
      kicker={asked.organisation ?? <LangText ctx={ctx} map={asked.title} defaultLanguage={asked.defaultLanguage ?? undefined} />}
      errors={errors}
      head={<link rel="stylesheet" href={conditionsStylesheet(asked.formVersionId)} />}
    >
      <PostForm action={`/q/${token}`} hidden={{ _page: page, _kept: kept, _shown: ctx.language }}>
        {/* Pressing Enter in a field presses the first button of the form: it must be the way on. */}
        <button type="submit" name="_go" value="next" class="unseen" tabIndex={-1} aria-hidden="true">
          {t('questionnaires.answer.next')}
        </button>
        {languages.length > 1 && (
          <fieldset class="answer-languages">
            <legend class="unseen">{t('ui.footer.language')}</legend>
            {languages.map((language) =>
              language === ctx.language ? (
                <span key={language} lang={language} aria-current="true">
                  {languageName(language, language)}
                </span>
              ) : (
                <button key={language} type="submit" name="_language" value={language} lang={language} class="link-button">
                  {languageName(language, language)}
                </button>
              ),
            )}
          </fieldset>
        )}
        {step === 0 && definition.intro && (
          <p class="form-text">{readIn(definition.intro, [ctx.language], definition.defaultLanguage)?.text}</p>
        )}
        {step === 0 && <Promised ctx={ctx} asked={asked} />}
        {steps > 1 && <p class="answer-step">{t('questionnaires.answer.step', { step: step + 1, steps })}</p>}
        <FormFields
          ctx={ctx}
          definition={definition}
          answers={answers}
          errors={errors}
          namePrefix="answers"
          languages={[ctx.language]}
          page={page}
        />
        <ButtonRow>
          <Button name="_go" value="next">
            {last ? t('questionnaires.answer.send') : t('questionnaires.answer.next')}
          </Button>
          {step > 0 && (
            <Button kind="quiet" name="_go" value="back">
              {t('questionnaires.answer.back')}
            </Button>
          )}
        </ButtonRow>
        {asked.closesAt && (
          <p class="hint">
            {t('questionnaires.answer.until', { when: formatInstant(asked.closesAt, ctx.language, ctx.zone, 'date') })}
          </p>
        )}
      </PostForm>
    </Layout>
  );
}
