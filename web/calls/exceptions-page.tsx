import type { ExceptionRow } from '../../server/calls/exceptions.ts';
import type { CallDetails } from '../../server/calls/queries.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { Happened } from '../ui/when.tsx';
import { OfficeFrame } from './office-frame.tsx';
import { ruleWords } from './words.ts';

/** What was asked of the rules of a call, and what became of it. */
export function ExceptionsPage({
  ctx,
  call,
  rows,
  errors,
}: {
  ctx: PageContext;
  call: CallDetails;
  rows: ExceptionRow[];
  errors?: FieldError[];
}) {
  const { t } = ctx;
  const params = (kind: string) => {
    const { kind: _kind, ...rest } = (call.rules.find((rule) => rule.kind === kind) ?? { kind }) as Record<string, unknown> & {
      kind: string;
    };
    return Object.fromEntries(
      Object.entries(rest).filter(
        (pair): pair is [string, string | number] => typeof pair[1] === 'string' || typeof pair[1] === 'number',
      ),
    );
  };
  return (
    <OfficeFrame ctx={ctx} call={call} tab="exceptions" title={t('callsOffice.tab.exceptions')} errors={errors}>
      {rows.length === 0 && <EmptyState title={t('callsOffice.noExceptions')} />}
      <ul class="exceptions">
        {rows.map((row) => (
          <li key={row.id} class="enter-city">
            <h2>
              {row.organisation}{' '}
              <Tag tone={row.state === 'granted' ? 'good' : row.state === 'refused' ? 'bad' : 'wait'}>
                {t(`calls.exception.${row.state}`)}
              </Tag>
            </h2>
            <p>{ruleWords(ctx.language, { kind: row.rule, params: params(row.rule) })}</p>
            <blockquote>{row.reason}</blockquote>
            <p class="hint">
              {row.askedBy ?? '–'} · <Happened ctx={ctx} at={row.askedAt} />
            </p>
            {row.state === 'asked' ? (
              <PostForm action={`/back-office/calls/${call.slug}/exceptions/${row.id}/decision`} label={row.organisation}>
                <TextArea ctx={ctx} name="reason" label={t('emails.calls.fact.reason')} required rows={2} maxlength={2000} />
                <div class="button-row">
                  <Button name="decision" value="granted">
                    {t('callsOffice.grant')}
                  </Button>
                  <Button name="decision" value="refused" kind="danger">
                    {t('callsOffice.refuse')}
                  </Button>
                </div>
              </PostForm>
            ) : (
              <p>{row.decision}</p>
            )}
          </li>
        ))}
      </ul>
    </OfficeFrame>
  );
}
