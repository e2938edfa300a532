import type { VisitRequest } from '../../server/study-visits/requests.ts';
import { text, type Values } from '../events/form-values.ts';
import { Layout } from '../layout.tsx';
import { formatDate, formatList, languageName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { CheckboxList } from '../ui/choice.tsx';
import { DateInput } from '../ui/date-input.tsx';
import { DefinitionList, Timeline } from '../ui/facts.tsx';
import { Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { Tag, type Tone } from '../ui/tag.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Happened } from '../ui/when.tsx';

type State = VisitRequest['steps'][number]['kind'];
const TONES: Record<State, Tone> = { asked: 'wait', proposed: 'wait', accepted: 'good', declined: 'bad', withdrawn: 'off' };
const LANGUAGES = ['en', 'es', 'fr', 'pt', 'ca', 'it', 'de', 'ko'];
const PATH = '/visit-requests';

export interface VisitRequestsPageProps {
  ctx: PageContext;
  requests: VisitRequest[];
  next: string | null;
  first: boolean;
  /** The reader's cities; who has none asks nothing. */
  own: { id: string; name: string }[];
  cities: string[];
  values: Values;
  errors?: FieldError[] | undefined;
}

/** What one's cities asked of others and were asked, and the form that asks. */
export function VisitRequestsPage({ ctx, requests, next, first, own, cities, values, errors }: VisitRequestsPageProps) {
  const { t } = ctx;
  const field = (name: string) => ({ ctx, name, errors, value: text(values, name) });
  return (
    <Layout ctx={ctx} title={t('visitRequests.title')} lead={t('visitRequests.lead')} errors={errors}>
      {requests.length === 0 ? (
        <p>{t('visitRequests.none')}</p>
      ) : (
        <Table
          ctx={ctx}
          caption={t('visitRequests.title')}
          captionUnseen
          rows={requests}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'who',
              words: t('studyVisits.office.visit'),
              cell: (row) => <a href={`${PATH}/${row.id}`}>{lineOf(ctx, row)}</a>,
            },
            { key: 'topic', words: t('visitRequests.topic'), cell: (row) => row.topic },
            {
              key: 'state',
              words: t('visitRequests.happened'),
              cell: (row) => <StateTag ctx={ctx} state={row.steps.at(-1)?.kind ?? 'asked'} />,
            },
          ]}
        />
      )}
      <Pager ctx={ctx} first={first ? undefined : PATH} next={next ? `${PATH}?cursor=${next}` : undefined} />
      {own.length > 0 && (
        <section aria-labelledby="new">
          <h2 id="new">{t('visitRequests.new')}</h2>
          <PostForm action={PATH}>
            <Select
              {...field('guestId')}
              label={t('visitRequests.guest')}
              options={own.map(({ id, name }) => ({ value: id, words: name }))}
              value={text(values, 'guestId') || own[0]?.id}
              required
            />
            <TextInput {...field('host')} label={t('visitRequests.host')} list="cities" required />
            <datalist id="cities">
              {cities.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
            <TextInput {...field('topic')} label={t('visitRequests.topic')} maxlength={500} required />
            <TextInput {...field('people')} label={t('visitRequests.people')} inputmode="numeric" size="short" required />
            <CheckboxList
              ctx={ctx}
              name="languages"
              label={t('visitRequests.languages')}
              options={LANGUAGES.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }))}
              values={[values.languages ?? []].flat().filter((tag): tag is string => typeof tag === 'string')}
            />
            <Dates ctx={ctx} values={values} errors={errors} required />
            <TextArea {...field('note')} label={t('visitRequests.note')} rows={4} maxlength={2000} />
            <Button>{t('visitRequests.send')}</Button>
          </PostForm>
        </section>
      )}
    </Layout>
  );
}

function Dates({
  ctx,
  values,
  errors,
  required,
}: Pick<VisitRequestPageProps, 'ctx' | 'values' | 'errors'> & { required?: boolean }) {
  return (
    <>
      <DateInput
        ctx={ctx}
        name="starts"
        label={ctx.t('visitRequests.starts')}
        value={text(values, 'starts')}
        required={required}
        errors={errors}
      />
      <DateInput
        ctx={ctx}
        name="ends"
        label={ctx.t('visitRequests.ends')}
        value={text(values, 'ends')}
        required={required}
        errors={errors}
      />
    </>
  );
}

const lineOf = (ctx: PageContext, { guest, host }: VisitRequest) =>
  ctx.t('visitRequests.line', { guest: guest.name, host: host.name });

function StateTag({ ctx, state }: { ctx: PageContext; state: State }) {
  return <Tag tone={TONES[state]}>{ctx.t(`visitRequests.state.${state}`)}</Tag>;
}

export interface VisitRequestPageProps {
  ctx: PageContext;
  request: VisitRequest;
  /** What the reader's city may say now. */
  may: Exclude<State, 'asked'>[];
  values: Values;
  errors?: FieldError[] | undefined;
}

/** One request: what was asked, what each city said, and one's own answer. */
export function VisitRequestPage({ ctx, request, may, values, errors }: VisitRequestPageProps) {
  const { t } = ctx;
  const day = (date: string | null) => (date ? formatDate(Temporal.PlainDate.from(date), ctx.language) : null);
  const cities = new Map([request.guest, request.host].map((city) => [city.id, city.name]));
  return (
    <Layout
      ctx={ctx}
      title={lineOf(ctx, request)}
      kicker={<StateTag ctx={ctx} state={request.steps.at(-1)?.kind ?? 'asked'} />}
      width="text"
      errors={errors}
      breadcrumbs={[{ words: t('visitRequests.title'), href: PATH }]}
    >
      <DefinitionList
        facts={[
          { term: t('visitRequests.topic'), value: request.topic },
          { term: t('visitRequests.people'), value: String(request.people) },
          request.languages.length > 0 && {
            term: t('visitRequests.languages'),
            value: formatList(
              request.languages.map((tag) => languageName(tag, ctx.language)),
              ctx.language,
            ),
          },
        ]}
      />
      <h2>{t('visitRequests.happened')}</h2>
      <Timeline
        label={t('visitRequests.happened')}
        moments={request.steps.map((step) => ({
          key: String(step.no),
          what: t('visitRequests.says', {
            city: cities.get(step.organisationId) ?? '',
            state: t(`visitRequests.state.${step.kind}`),
          }),
          by: step.by,
          when: <Happened ctx={ctx} at={step.at} />,
          children: (
            <p>{[[day(step.starts), day(step.ends)].filter(Boolean).join(' – '), step.note].filter(Boolean).join(' · ')}</p>
          ),
        }))}
      />
      {may.length > 0 && (
        <section aria-labelledby="answer">
          <h2 id="answer">{t('visitRequests.answer')}</h2>
          <PostForm action={`${PATH}/${request.id}/steps`}>
            <TextArea
              ctx={ctx}
              name="note"
              label={t('visitRequests.note')}
              value={text(values, 'note')}
              rows={3}
              maxlength={2000}
              errors={errors}
            />
            {may.includes('proposed') && <Dates ctx={ctx} values={values} errors={errors} />}
            <ButtonRow>
              {may.map((kind) => (
                <Button
                  key={kind}
                  name="kind"
                  value={kind}
                  kind={kind === 'accepted' ? 'primary' : kind === 'proposed' ? 'secondary' : 'quiet'}
                >
                  {t(`visitRequests.do.${kind}`)}
                </Button>
              ))}
            </ButtonRow>
          </PostForm>
        </section>
      )}
    </Layout>
  );
}
