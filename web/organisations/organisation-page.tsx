import { Fragment } from 'preact';
import type { RosterRow } from '../../server/organisations/people.ts';
import type { feesOf, History, OrganisationRow } from '../../server/organisations/queries.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { HistoryList } from './history-list.tsx';
import { Roster } from './roster.tsx';
import { countryIn, day, languageIn, moment, networkName, number } from './words.ts';

export interface OrganisationPageProps {
  ctx: PageContext;
  organisation: OrganisationRow;
  people: RosterRow[];
  fees: Awaited<ReturnType<typeof feesOf>>;
  history: History;
  mayManage: boolean;
  mayRun: boolean;
  /** Whether its self-assessments are theirs to see. */
  maySeeAssessments: boolean;
  year: number;
  /** What was typed into the form of a fee, when it was wrong. */
  typedFee?: { year: string; paidOn: string };
  errors?: FieldError[];
}

/** An organisation with its people, fees and what was changed in it. */
export function OrganisationPage(props: OrganisationPageProps) {
  const { ctx, organisation, people, history, mayManage, mayRun, maySeeAssessments, errors = [] } = props;
  const { t } = ctx;
  const path = `/organisations/${organisation.slug}`;
  return (
    <Layout
      ctx={ctx}
      title={organisation.name}
      kicker={`${t(`organisations.kind.${organisation.kind}`)} · ${t(`organisations.membership.${organisation.membership}`)}`}
      lead={countryIn(ctx.language, organisation.country)}
      errors={errors}
      breadcrumbs={[{ words: t('organisations.list.title'), href: '/organisations' }]}
      actions={
        <ButtonRow>
          {mayManage && <ButtonLink href={`${path}/edit`}>{t('organisations.edit.change')}</ButtonLink>}
          {maySeeAssessments && (
            <ButtonLink kind="secondary" href={`${path}/self-assessments`}>
              {t('assessments.city.go')}
            </ButtonLink>
          )}
        </ButtonRow>
      }
    >
      <Profile {...props} />
      <section aria-labelledby="people">
        <h2 id="people">{t('organisations.page.people')}</h2>
        {people.length === 0 ? (
          <p class="empty">{t('organisations.page.noPeople')}</p>
        ) : (
          <Roster ctx={ctx} organisation={organisation} people={people} mayManage={mayManage} />
        )}
        {mayManage && (
          <p>
            <ButtonLink href={`${path}/people/new`} kind="secondary">
              {t('organisations.page.addPerson')}
            </ButtonLink>
          </p>
        )}
      </section>
      <Fees {...props} mayRun={mayRun} errors={errors} />
      <section aria-labelledby="history">
        <h2 id="history">{t('organisations.page.history')}</h2>
        <HistoryList ctx={ctx} history={history} />
      </section>
    </Layout>
  );
}

function Profile({ ctx, organisation }: OrganisationPageProps) {
  const { t } = ctx;
  const facts: [string, string][] = [
    [t('organisations.field.languages'), organisation.languages.map((tag) => languageIn(ctx.language, tag)).join(', ') || '–'],
    [t('organisations.field.zone'), organisation.zone],
    [t('organisations.field.population'), number(ctx.language, organisation.population)],
    [t('organisations.field.memberSince'), organisation.memberSince === null ? '–' : String(organisation.memberSince)],
    [
      t('organisations.field.networks'),
      organisation.networks.map((network) => networkName(ctx, network.name)).join(', ') || t('organisations.page.noNetworks'),
    ],
  ];
  return (
    <section aria-labelledby="profile">
      <h2 id="profile" class="unseen">
        {t('organisations.page.profile')}
      </h2>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function Fees({ ctx, organisation, fees, mayRun, year, typedFee, errors }: OrganisationPageProps) {
  const { t } = ctx;
  const path = `/organisations/${organisation.slug}/fees`;
  return (
    <section aria-labelledby="fees">
      <h2 id="fees">{t('organisations.page.fees')}</h2>
      {fees.length === 0 ? (
        <p class="empty">{t('organisations.page.noFees')}</p>
      ) : (
        <div class="table-scroll" tabIndex={0} role="region" aria-label={t('organisations.field.feePaid')}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t('organisations.page.year')}</th>
                <th scope="col">{t('organisations.page.paidOn')}</th>
                {mayRun && <th scope="col">{t('organisations.page.recordedBy')}</th>}
                {mayRun && <td />}
              </tr>
            </thead>
            <tbody>
              {fees.map((fee) => (
                <tr key={fee.year}>
                  <th scope="row">{fee.year}</th>
                  <td>{day(ctx, fee.paidOn)}</td>
                  {mayRun && (
                    <td>
                      {fee.recordedBy ?? t('organisations.page.bySystem')}, {moment(ctx, fee.recordedAt)}
                    </td>
                  )}
                  {mayRun && (
                    <td>
                      <PostForm action={`${path}/${fee.year}/removal`} inline>
                        <Button kind="quiet" small label={t('organisations.page.removeFeeOf', { year: String(fee.year) })}>
                          {t('organisations.page.removeFee')}
                        </Button>
                      </PostForm>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {mayRun && (
        <PostForm action={path} label={t('organisations.page.recordFee')}>
          <TextInput
            ctx={ctx}
            errors={errors}
            name="year"
            label={t('organisations.page.year')}
            value={typedFee?.year ?? year}
            inputmode="numeric"
            size="short"
            required
          />
          <TextInput
            ctx={ctx}
            errors={errors}
            name="paidOn"
            label={t('organisations.page.paidOn')}
            value={typedFee?.paidOn ?? ctx.now.toZonedDateTimeISO(ctx.zone).toPlainDate().toString()}
            size="short"
          />
          <Button kind="secondary">{t('organisations.page.recordFee')}</Button>
        </PostForm>
      )}
    </section>
  );
}
