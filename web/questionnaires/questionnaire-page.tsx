import type { Questionnaire } from '../../server/questionnaires/queries.ts';
import { stateOf } from '../../server/questionnaires/rules.ts';
import { Layout } from '../layout.tsx';
import { formatMoment } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { DefinitionList, Progress } from '../ui/facts.tsx';
import { Tag } from '../ui/tag.tsx';
import { Promise as Promised } from './promise.tsx';
import { TONES } from './questionnaires-page.tsx';

/** Where one questionnaire stands, and what can be done with it. */
export function QuestionnairePage({
  ctx,
  questionnaire: one,
  errors = [],
}: {
  ctx: PageContext;
  questionnaire: Questionnaire;
  errors?: FieldError[];
}) {
  const { t } = ctx;
  const state = stateOf(one, ctx.now);
  const home = `/back-office/questionnaires/${one.id}`;
  const moment = (at: Temporal.Instant | null) => (at ? formatMoment(at, one.zone, ctx.language) : null);
  const fact = (term: string, value: string | null | undefined) => (value ? { term, value } : null);
  return (
    <Layout
      ctx={ctx}
      title={textIn(one.title, [ctx.language], one.event?.defaultLanguage)}
      errors={errors}
      kicker={<Tag tone={TONES[state]}>{t(`questionnaires.state.${state}`)}</Tag>}
      breadcrumbs={[{ href: '/back-office/questionnaires', words: t('questionnaires.list.title') }]}
    >
      {one.openedAt && <Progress ctx={ctx} label={t('questionnaires.results.answered')} value={one.answered} total={one.asked} />}
      <ButtonRow>
        {state === 'draft' && <ButtonLink href={`${home}/opening`}>{t('questionnaires.page.open')}</ButtonLink>}
        {one.openedAt && <ButtonLink href={`${home}/results`}>{t('questionnaires.page.results')}</ButtonLink>}
        {one.openedAt && one.privacy === 'named' && (
          <ButtonLink kind="secondary" href={`${home}/answers`}>
            {t('questionnaires.named.title')}
          </ButtonLink>
        )}
        {state === 'draft' && (
          <ButtonLink kind="secondary" href={`/back-office/forms/${one.formId}`}>
            {t('questionnaires.page.edit')}
          </ButtonLink>
        )}
        <ButtonLink kind="secondary" href={`/back-office/forms/${one.formId}/preview`}>
          {t('questionnaires.page.preview')}
        </ButtonLink>
        {(state === 'draft' || state === 'open') && (
          <ButtonLink kind="secondary" href={`${home}/settings`}>
            {t('questionnaires.page.change')}
          </ButtonLink>
        )}
        {state === 'open' && (
          <>
            <ButtonLink kind="secondary" href={`/questionnaires/${one.id}/room`}>
              {t('questionnaires.page.room')}
            </ButtonLink>
            <ButtonLink kind="secondary" href={`${home}/closing`}>
              {t('questionnaires.page.close')}
            </ButtonLink>
          </>
        )}
      </ButtonRow>
      <Promised ctx={ctx} asked={one} />
      <DefinitionList
        facts={[
          one.event && {
            term: t('questionnaires.page.event'),
            value: <a href={`/events/${one.event.slug}`}>{textIn(one.event.title, [ctx.language], one.event.defaultLanguage)}</a>,
          },
          fact(t('questionnaires.page.opened'), moment(one.openedAt)),
          fact(t('questionnaires.page.closes'), moment(one.closesAt)),
          fact(t('questionnaires.page.group'), String(one.minimumGroup)),
          fact(t('questionnaires.page.reminders'), one.reminderDays.join(', ')),
          state === 'draft' &&
            fact(t('questionnaires.page.automatic'), t(one.automatic ? 'questionnaires.page.yes' : 'questionnaires.page.no')),
        ]}
      />
    </Layout>
  );
}
