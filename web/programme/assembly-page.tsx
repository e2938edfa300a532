import type { FoundAssembly } from '../../server/programme/assembly-found.ts';
import { CHOICES } from '../../server/programme/assembly-input.ts';
import type { Motion } from '../../server/programme/assembly-queries.ts';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { LangText, Markdown } from '../ui/content.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Tag } from '../ui/tag.tsx';

export interface Read {
  html: string;
  lang: string;
}

export interface AssemblyPageProps {
  ctx: PageContext;
  assembly: FoundAssembly;
  /** Explanations and wordings as safe HTML, by the id of what they belong to. */
  texts: Record<string, Read>;
  minutes: Read | null;
  refusal?: string;
}

/** The assembly for its delegates: agenda, the ballots that are open to them, results, minutes. */
export function AssemblyPage({ ctx, assembly, texts, minutes, refusal }: AssemblyPageProps) {
  const { t } = ctx;
  const { event } = assembly;
  const own = textIn(event.title, [ctx.language], event.defaultLanguage);
  const words = (map: Record<string, string>) => <LangText ctx={ctx} map={map} defaultLanguage={event.defaultLanguage} />;
  return (
    <Layout
      ctx={ctx}
      title={t('assembly.title')}
      width="text"
      breadcrumbs={[{ words: own, href: `/events/${event.slug}` }]}
      actions={
        assembly.runs && (
          <ButtonLink kind="secondary" href={`/back-office/events/${event.slug}/assembly`}>
            {t('assembly.toOffice')}
          </ButtonLink>
        )
      }
    >
      {refusal && <Notice kind="error">{refusal}</Notice>}
      <AttendanceLine ctx={ctx} assembly={assembly} />
      <h2>{t('assembly.agenda')}</h2>
      {assembly.agenda.length === 0 && <p>{t('assembly.agendaNone')}</p>}
      <ol>
        {assembly.agenda.map(({ id, title, documents }) => (
          <li key={id}>
            <h3>{words(title)}</h3>
            <Prose ctx={ctx} read={texts[id]} />
            {documents.length > 0 && (
              <ul>
                {documents.map((document) => (
                  <li key={document.id}>
                    <a href={document.url ?? `/events/${event.slug}/assembly/files/${document.fileId}`}>{document.title}</a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
      {assembly.motions.length > 0 && <h2>{t('assembly.motions')}</h2>}
      {assembly.motions.map((motion) => (
        <article key={motion.id} aria-labelledby={`m-${motion.id}`}>
          <h3 id={`m-${motion.id}`}>{words(motion.title)}</h3>
          <MotionState ctx={ctx} motion={motion} />
          <Prose ctx={ctx} read={texts[motion.id]} />
          <Voting ctx={ctx} assembly={assembly} motion={motion} />
          <WhoVoted ctx={ctx} assembly={assembly} motion={motion} />
        </article>
      ))}
      {minutes && (
        <section aria-labelledby="minutes">
          <h2 id="minutes">{t('assembly.minutes')}</h2>
          <Prose ctx={ctx} read={minutes} />
        </section>
      )}
    </Layout>
  );
}

function Prose({ ctx, read }: { ctx: PageContext; read: Read | undefined }) {
  return read ? <Markdown html={read.html} lang={read.lang === ctx.language ? undefined : read.lang} /> : null;
}

/** Who is there, and whether that is enough. */
export function AttendanceLine({ ctx, assembly }: { ctx: PageContext; assembly: FoundAssembly }) {
  const { t } = ctx;
  const { present, represented, voters, needed, quorum } = assembly.attendance;
  return (
    <p>
      <Tag tone={quorum ? 'good' : 'wait'}>{t(quorum ? 'assembly.quorate' : 'assembly.inquorate')}</Tag>{' '}
      {t('assembly.attendance', { there: present + represented, voters, needed })}
    </p>
  );
}

/** What is known of a ballot: planned, open, or its result. */
export function MotionState({ ctx, motion }: { ctx: PageContext; motion: Motion }) {
  const { t } = ctx;
  const { result } = motion;
  return (
    <p>
      {result ? (
        <Tag tone={result.carried ? 'good' : 'bad'}>{t(result.carried ? 'assembly.carried' : 'assembly.lost')}</Tag>
      ) : (
        <Tag tone={motion.openedAt ? 'new' : 'wait'}>{t(motion.openedAt ? 'assembly.isOpen' : 'assembly.isPlanned')}</Tag>
      )}{' '}
      {result
        ? t('assembly.counts', { for: result.for, against: result.against, abstain: result.abstain })
        : motion.openedAt && t('assembly.cast', { n: motion.cast })}{' '}
      <span class="hint">
        {t('assembly.ballot')}: {t(`assembly.ballot.${motion.ballot}`)} · {t(`assembly.majority.${motion.majority}`)}
      </span>
    </p>
  );
}

function Voting({ ctx, assembly, motion }: { ctx: PageContext; assembly: FoundAssembly; motion: Motion }) {
  const { t } = ctx;
  if (!motion.openedAt || motion.closedAt || assembly.mine.length === 0) return null;
  const cast = new Set(assembly.cast.filter((one) => one.motionId === motion.id).map((one) => one.organisationId));
  const name = (id: string) => assembly.voters.find((voter) => voter.organisationId === id)?.name ?? '';
  return (
    <>
      {motion.ballot === 'secret' && <p class="hint">{t('assembly.secretPromise')}</p>}
      {assembly.mine.map((id) =>
        cast.has(id) ? (
          <p key={id}>{t('assembly.voted', { city: name(id) })}</p>
        ) : (
          <PostForm
            key={id}
            action={`/events/${assembly.event.slug}/assembly/motions/${motion.id}/votes`}
            hidden={{ organisationId: id }}
            label={t('assembly.voteFor', { city: name(id) })}
          >
            <fieldset class="field">
              <legend class="label">{t('assembly.voteFor', { city: name(id) })}</legend>
              <div class="button-row">
                {CHOICES.map((choice) => (
                  <Button key={choice} kind="secondary" name="choice" value={choice}>
                    {t(`assembly.choice.${choice}`)}
                  </Button>
                ))}
              </div>
            </fieldset>
          </PostForm>
        ),
      )}
    </>
  );
}

function WhoVoted({ ctx, assembly, motion }: { ctx: PageContext; assembly: FoundAssembly; motion: Motion }) {
  const { t } = ctx;
  const cast = assembly.cast.filter((one) => one.motionId === motion.id);
  if (!motion.closedAt || cast.length === 0) return null;
  return (
    <details>
      <summary>{t('assembly.who')}</summary>
      <ul>
        {cast.map(({ organisationId, name, choice }) => (
          <li key={organisationId}>
            {name}
            {choice && `: ${t(`assembly.choice.${choice}`)}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
