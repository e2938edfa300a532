import type { ScoringRound } from '../../server/judging/found.ts';
import { formatMoment, formatNumber } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import type { CallInJudging } from './words.ts';

export interface ScoringSectionProps {
  ctx: PageContext;
  call: CallInJudging & { scoring: ScoringRound };
  /** How many jurors have reviews left. */
  unfinished: number;
  /** Whether anything was given to anybody. */
  begun: boolean;
  mayRun: boolean;
  values: Record<string, unknown>;
  errors: FieldError[];
}

/** The round of scoring: until when, who is behind, and its end; before it, whether jurors are asked what they would like to read. */
export function ScoringSection({ ctx, call, unfinished, begun, mayRun, values, errors }: ScoringSectionProps) {
  const { t } = ctx;
  const { scoring } = call;
  if (call.resultsPublishedAt) return null;
  const at = `/back-office/calls/${call.slug}/scoring`;
  const ends = String(values.ends ?? scoring.endsLocal?.toString({ smallestUnit: 'minute' }) ?? '');
  return (
    <section id="scoring">
      <h2>{t('judging.scoring.title')}</h2>
      {scoring.closedAt ? (
        <Notice kind="success">
          {t('judging.scoring.closed', { when: formatMoment(scoring.closedAt, call.zone, ctx.language) })}
        </Notice>
      ) : (
        begun && <p>{unfinished === 0 ? t('judging.scoring.allIn') : t('judging.scoring.left', { n: unfinished })}</p>
      )}
      {!scoring.closedAt && (
        <PostForm action={`${at}/end`}>
          <DateTimeInput
            ctx={ctx}
            name="ends"
            zone={call.zone}
            label={t('judging.scoring.ends')}
            hint={t('judging.scoring.endsHint')}
            value={ends}
            errors={errors}
          />
          <Button kind="secondary">{t('judging.scoring.endsGo')}</Button>
        </PostForm>
      )}
      {begun && (
        <ButtonRow>
          {!scoring.closedAt && unfinished > 0 && (
            <PostForm inline action={`${at}/reminders`}>
              <Button kind="secondary">{t('judging.scoring.remind', { n: formatNumber(unfinished, ctx.language) })}</Button>
            </PostForm>
          )}
          <PostForm inline action={`${at}/${scoring.closedAt ? 'opening' : 'closing'}`}>
            <Button kind={scoring.closedAt ? 'quiet' : 'secondary'}>
              {t(scoring.closedAt ? 'judging.scoring.open' : 'judging.scoring.close')}
            </Button>
          </PostForm>
        </ButtonRow>
      )}
      {mayRun && !begun && (
        <>
          <h3>{t('judging.wishes.heading')}</h3>
          <p>{t(scoring.wishes ? 'judging.wishes.asked' : 'judging.wishes.ask')}</p>
          <PostForm inline action={`${at}/${scoring.wishes ? 'wishes/closing' : 'wishes'}`}>
            <Button kind="secondary">{t(scoring.wishes ? 'judging.wishes.stop' : 'judging.wishes.askGo')}</Button>
          </PostForm>
        </>
      )}
    </section>
  );
}
