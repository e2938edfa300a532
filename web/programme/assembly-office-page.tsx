import type { EventDetails } from '../../server/events/queries.ts';
import type { FoundAssembly } from '../../server/programme/assembly-found.ts';
import { text, type Values } from '../events/form-values.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { languagesOf } from '../events/texts-fields.tsx';
import { formatInstant, languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { AttendanceLine } from './assembly-page.tsx';
import { MotionOffice } from './motion-office.tsx';
import { VotersSection } from './voters-section.tsx';

export interface AssemblyOfficePageProps {
  ctx: PageContext;
  event: EventDetails;
  /** Null while none is held. */
  assembly: FoundAssembly | null;
  /** The names of organisations that may be meant. */
  cities: string[];
  values: Values;
  errors?: FieldError[];
}

/** An assembly for whoever runs it: how it is held, its agenda, who votes, the ballots and the minutes. */
export function AssemblyOfficePage(props: AssemblyOfficePageProps) {
  const { ctx, event, assembly, errors = [] } = props;
  const { t } = ctx;
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('assembly.title')}
      lead={t('assembly.lead')}
      tab="assembly"
      errors={errors}
      actions={
        assembly && (
          <ButtonLink kind="secondary" href={`/events/${event.slug}/assembly`}>
            {t('assembly.toPublic')}
          </ButtonLink>
        )
      }
    >
      {assembly ? (
        <>
          <AttendanceLine ctx={ctx} assembly={assembly} />
          <Agenda {...props} assembly={assembly} />
          <VotersSection {...props} assembly={assembly} />
          <section aria-labelledby="motions">
            <h2 id="motions">{t('assembly.motions')}</h2>
            {assembly.motions.length === 0 && <p>{t('assembly.motionsNone')}</p>}
            {assembly.motions.map((motion) => (
              <MotionOffice key={motion.id} ctx={ctx} event={event} motion={motion} />
            ))}
            <p>
              <ButtonLink kind="secondary" href={`/back-office/events/${event.slug}/assembly/motions/new`}>
                {t('assembly.addMotion')}
              </ButtonLink>
            </p>
          </section>
          <Minutes {...props} assembly={assembly} />
        </>
      ) : (
        <p>{t('assembly.none')}</p>
      )}
      <Settings {...props} />
    </OfficeFrame>
  );
}

function Settings({ ctx, event, assembly, values, errors = [] }: AssemblyOfficePageProps) {
  const { t } = ctx;
  const field = (name: string, now: number) => ({
    ctx,
    errors,
    name,
    value: text(values, name) || now,
    inputmode: 'numeric' as const,
    size: 'short' as const,
    required: true,
  });
  return (
    <section aria-labelledby="held">
      <h2 id="held">{t('assembly.hold')}</h2>
      <PostForm action={`/back-office/events/${event.slug}/assembly`}>
        <TextInput {...field('quorumPercent', assembly?.quorumPercent ?? 50)} label={t('assembly.quorum')} suffix="%" />
        <TextInput {...field('proxyLimit', assembly?.proxyLimit ?? 1)} label={t('assembly.proxyLimit')} />
        <ButtonRow>
          <Button kind={assembly ? 'secondary' : 'primary'}>{t('assembly.save')}</Button>
        </ButtonRow>
      </PostForm>
    </section>
  );
}

function Agenda({ ctx, event, assembly }: AssemblyOfficePageProps & { assembly: FoundAssembly }) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/assembly/agenda`;
  return (
    <section aria-labelledby="agenda">
      <h2 id="agenda">{t('assembly.agenda')}</h2>
      {assembly.agenda.length === 0 && <p>{t('assembly.agendaNone')}</p>}
      <ol>
        {assembly.agenda.map(({ id, title }, at) => {
          const name = textIn(title, [ctx.language], event.defaultLanguage);
          return (
            <li key={id}>
              <a href={`${path}/${id}`}>{name}</a>{' '}
              <div class="row-actions">
                {(['up', 'down'] as const)
                  .filter((direction) => (direction === 'up' ? at > 0 : at < assembly.agenda.length - 1))
                  .map((direction) => (
                    <PostForm key={direction} action={`${path}/${id}/order`} hidden={{ direction }} inline>
                      <Button kind="secondary" small label={t(`assembly.${direction}`, { name })}>
                        {direction === 'up' ? '↑' : '↓'}
                      </Button>
                    </PostForm>
                  ))}
                <PostForm action={`${path}/${id}/removal`} inline>
                  <Button kind="quiet" small label={t('assembly.removeOf', { name })}>
                    {t('assembly.remove')}
                  </Button>
                </PostForm>
              </div>
            </li>
          );
        })}
      </ol>
      <p>
        <ButtonLink kind="secondary" href={`${path}/new`}>
          {t('assembly.addItem')}
        </ButtonLink>
      </p>
    </section>
  );
}

function Minutes({ ctx, event, assembly, values, errors = [] }: AssemblyOfficePageProps & { assembly: FoundAssembly }) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/assembly/minutes`;
  const [latest] = assembly.minutes;
  const approved = assembly.minutes.some(({ approvedAt }) => approvedAt !== null);
  return (
    <section aria-labelledby="minutes">
      <h2 id="minutes">{t('assembly.minutes')}</h2>
      {assembly.minutes.length === 0 && <p>{t('assembly.minutesNone')}</p>}
      <ul>
        {assembly.minutes.map(({ version, writtenAt, approvedAt }) => (
          <li key={version}>
            {t('assembly.minutesVersion', { n: version, when: formatInstant(writtenAt, ctx.language, ctx.zone) })}{' '}
            {approvedAt && <Tag tone="good">{t('assembly.approved')}</Tag>}
            {!approved && (
              <PostForm action={`${path}/${version}/approval`} inline>
                <Button kind="secondary" small>
                  {t('assembly.approve', { n: version })}
                </Button>
              </PostForm>
            )}
          </li>
        ))}
      </ul>
      <PostForm action={path}>
        <Select
          ctx={ctx}
          errors={errors}
          name="language"
          label={t('assembly.minutesLanguage')}
          size="medium"
          required
          value={text(values, 'language') || latest?.language || event.defaultLanguage}
          options={languagesOf(event).map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }))}
        />
        <TextArea
          ctx={ctx}
          errors={errors}
          name="text"
          label={t('assembly.minutesText')}
          rows={12}
          required
          value={text(values, 'text') || latest?.text}
        />
        <ButtonRow>
          <Button kind="secondary">{t('assembly.minutesSave')}</Button>
        </ButtonRow>
      </PostForm>
    </section>
  );
}
