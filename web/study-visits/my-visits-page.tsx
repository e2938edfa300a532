import type { Preferences } from '../../server/study-visits/queries.ts';
import type { Choices } from '../../server/study-visits/rules.ts';
import type { OpenSwap } from '../../server/study-visits/swaps.ts';
import { Layout } from '../layout.tsx';
import { formatMoment, languageName } from '../locales/format.ts';
import { translateCode } from '../locales/translate.ts';
import type { FieldError, PageContext } from '../page.ts';
import { eventCrumb, eventTitle } from '../registrations/event-line.tsx';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { CheckboxList } from '../ui/choice.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { reasonWords } from './reason-words.ts';
import { type ShownVisit, type VisitEvent, visitTitle } from './visit-details.tsx';
import { VisitCards } from './visits-page.tsx';
import { WishesFields } from './wishes-fields.tsx';

export interface MyVisitsPageProps {
  ctx: PageContext;
  /** Of the registration: the page stands under it. */
  base: string;
  event: VisitEvent & { languages: string[] };
  other: boolean;
  choices: Choices | undefined;
  visits: ShownVisit[];
  found: Preferences;
  swaps: OpenSwap[];
  /** Why wishes may not be stated, and nothing exchanged; null: they may. */
  refusal: string | null;
  exchange: string | null;
  /** Why nothing may be swapped; null: it may. */
  swap: string | null;
  typed?: { wishes: string[]; languages: string[] } | undefined;
  errors?: FieldError[] | undefined;
}

/** One person's visits: what they wish, then what they have and why, and how to wait, swap and give back. */
export function MyVisitsPage(props: MyVisitsPageProps) {
  const { ctx, base, event, other, found, choices, refusal, exchange, swap, errors } = props;
  const firstCome = choices?.mode === 'first-come';
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={other ? t('studyVisits.my.of', { name: found.person.name }) : t('studyVisits.my.title')}
      kicker={eventTitle(ctx, event)}
      width="text"
      errors={errors}
      breadcrumbs={[eventCrumb(ctx, event), { words: t('registrations.page.kicker'), href: base }]}
      head={<meta name="robots" content="noindex" />}
    >
      {(choices?.releasedAt || firstCome) && <Have {...props} />}
      {firstCome && (
        <p>
          {t('studyVisits.my.firstCome')}{' '}
          <a href={`/events/${event.slug}/programme?kind=visit`}>{t('studyVisits.my.inProgramme')}</a>
        </p>
      )}
      {refusal === null && <Wishes {...props} />}
      {refusal !== null && !firstCome && (
        <Notice kind="info">{translateCode(ctx.language, `refusal.${refusal}`) ?? refusal}</Notice>
      )}
      {exchange === null && <Waiting {...props} />}
      {swap === null && <Swaps {...props} />}
      {!choices?.releasedAt && props.visits.length > 0 && (
        <section aria-labelledby="all">
          <h2 id="all">{t('studyVisits.title')}</h2>
          <VisitCards ctx={ctx} event={event} visits={props.visits} />
        </section>
      )}
    </Layout>
  );
}

function Wishes({ ctx, base, event, choices, visits, found, typed, errors }: MyVisitsPageProps) {
  const { t } = ctx;
  const closes = choices?.closesAt && formatMoment(choices.closesAt, event.zone, ctx.language);
  const tags = [
    ...new Set([...event.languages, ...visits.flatMap((visit) => [...visit.languages, ...visit.interpreting])]),
  ].sort();
  return (
    <section aria-labelledby="wishes">
      <h2 id="wishes">{t('studyVisits.my.wishes')}</h2>
      <p class="hint">
        {t('studyVisits.my.wishesHint')} {closes && t('studyVisits.public.closes', { when: closes })}
      </p>
      <PostForm action={`${base}/visits`}>
        {/* Enter presses the first button of a form: that saves. */}
        <button type="submit" class="unseen" tabIndex={-1} aria-hidden="true" />
        <WishesFields
          ctx={ctx}
          event={event}
          visits={visits}
          most={Math.min(choices?.wishes ?? 0, visits.length)}
          wishes={typed?.wishes ?? found.wishes}
          moves
          errors={errors}
        />
        <CheckboxList
          ctx={ctx}
          name="languages"
          label={t('studyVisits.my.languages')}
          hint={t('studyVisits.my.languagesHint')}
          options={tags.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }))}
          values={typed?.languages ?? found.languages}
          errors={errors}
        />
        <Button>{t('studyVisits.my.save')}</Button>
      </PostForm>
    </section>
  );
}

function Have({ ctx, base, event, visits, found, exchange }: MyVisitsPageProps) {
  const { t } = ctx;
  const own = visits.filter(({ id }) => found.visits.includes(id));
  const titleOf = (id: string) =>
    visitTitle(
      ctx,
      event,
      visits.find((visit) => visit.id === id),
    );
  return (
    <section aria-labelledby="have">
      <h2 id="have">{t('studyVisits.my.have')}</h2>
      {own.length === 0 ? <p>{t('studyVisits.my.haveNone')}</p> : <VisitCards ctx={ctx} event={event} visits={own} contact />}
      {exchange === null && own.length > 0 && (
        <ButtonRow>
          {own.map((visit) => (
            <ButtonLink key={visit.id} kind="quiet" href={`${base}/visits/${visit.id}/removal`}>
              {t('studyVisits.my.giveBackOf', { visit: titleOf(visit.id) })}
            </ButtonLink>
          ))}
        </ButtonRow>
      )}
      {found.reasons.length > 0 && (
        <>
          <h3>{t('studyVisits.my.why')}</h3>
          <ul>
            {found.reasons.map((reason) => (
              <li key={`${reason.code} ${reason.visit}`}>{reasonWords(t, reason, titleOf)}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Waiting({ ctx, base, event, visits, found, errors }: MyVisitsPageProps) {
  const { t } = ctx;
  const titleOf = (id: string) =>
    visitTitle(
      ctx,
      event,
      visits.find((visit) => visit.id === id),
    );
  const option = (id: string) => ({ value: id, words: titleOf(id) });
  const others = visits.filter(({ id }) => !found.visits.includes(id)).map(({ id }) => option(id));
  const free = others.filter(({ value }) => !found.waiting.some(({ visit }) => visit === value));
  return (
    <section aria-labelledby="waiting" class="visits-stack">
      <h2 id="waiting">{t('studyVisits.my.waiting')}</h2>
      <p class="hint">{t('studyVisits.my.waitingHint')}</p>
      {found.waiting.map(({ visit, ahead }) => (
        <PostForm key={visit} action={`${base}/visits/${visit}/waiting/removal`} inline>
          <p>{t('studyVisits.my.waits', { visit: titleOf(visit), ahead })}</p>
          <Button kind="quiet" small label={`${t('studyVisits.my.waitNot')}: ${titleOf(visit)}`}>
            {t('studyVisits.my.waitNot')}
          </Button>
        </PostForm>
      ))}
      {free.length > 0 && (
        <PostForm action={`${base}/visits/waiting`}>
          <Select ctx={ctx} name="visit" label={t('studyVisits.office.visit')} options={free} empty required errors={errors} />
          <Button kind="secondary">{t('studyVisits.my.wait')}</Button>
        </PostForm>
      )}
    </section>
  );
}

function Swaps({ ctx, base, event, visits, found, swaps, errors }: MyVisitsPageProps) {
  const { t } = ctx;
  const titleOf = (id: string) =>
    visitTitle(
      ctx,
      event,
      visits.find((visit) => visit.id === id),
    );
  const option = (id: string) => ({ value: id, words: titleOf(id) });
  const others = visits.filter(({ id }) => !found.visits.includes(id)).map(({ id }) => option(id));
  if (found.visits.length === 0 && swaps.length === 0) return null;
  return (
    <section aria-labelledby="swap" class="visits-stack">
      <h2 id="swap">{t('studyVisits.my.swap')}</h2>
      <p class="hint">{t('studyVisits.my.swapHint')}</p>
      {swaps.map((swap) => (
        <PostForm key={swap.id} action={`${base}/visits/swaps/${swap.id}/${swap.own ? 'removal' : 'acceptance'}`} inline>
          <p>
            {t(swap.own ? 'studyVisits.my.offered' : 'studyVisits.my.swapOffer', {
              gives: titleOf(swap.gives),
              wants: titleOf(swap.wants),
            })}
          </p>
          <Button
            kind={swap.own ? 'quiet' : 'primary'}
            small
            label={`${t(swap.own ? 'studyVisits.my.takeBack' : 'studyVisits.my.accept')}: ${titleOf(swap.gives)}`}
          >
            {t(swap.own ? 'studyVisits.my.takeBack' : 'studyVisits.my.accept')}
          </Button>
        </PostForm>
      ))}
      {found.visits.length > 0 && others.length > 0 && (
        <PostForm action={`${base}/visits/swaps`}>
          <Select
            ctx={ctx}
            name="gives"
            label={t('studyVisits.my.gives')}
            options={found.visits.map(option)}
            value={found.visits[0]}
            required
            errors={errors}
          />
          <Select ctx={ctx} name="wants" label={t('studyVisits.my.wants')} options={others} empty required errors={errors} />
          <Button kind="secondary">{t('studyVisits.my.propose')}</Button>
        </PostForm>
      )}
    </section>
  );
}
