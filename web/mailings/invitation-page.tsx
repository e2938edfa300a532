import type { Invited } from '../../server/mailings/invitations.ts';
import { Layout } from '../layout.tsx';
import { formatDateRange } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { RadioList } from '../ui/choice.tsx';
import { LangText } from '../ui/content.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextInput } from '../ui/text-input.tsx';

export interface InvitationPageProps {
  ctx: PageContext;
  invited: Invited;
  /** Where it is answered. */
  path: string;
  values: Record<string, string>;
  /** Just answered, or some time ago. */
  answered: boolean;
  over: boolean;
  errors?: FieldError[];
}

/** An invitation, opened by its link: nothing is answered by opening it, one press answers. */
export function InvitationPage({ ctx, invited, path, values, answered, over, errors = [] }: InvitationPageProps) {
  const { t } = ctx;
  const { name, organisation, answer } = invited;
  const event = textIn(invited.title, [ctx.language], invited.defaultLanguage);
  return (
    <Layout ctx={ctx} width="text" title={t('mailings.invitation.title', { event })} errors={errors}>
      <DefinitionList
        facts={[
          { term: t('emails.card.when'), value: formatDateRange(invited.startsAt, invited.endsAt, ctx.language, invited.zone) },
          Object.keys(invited.venue).length > 0 && {
            term: t('emails.card.where'),
            value: <LangText ctx={ctx} map={invited.venue} defaultLanguage={invited.defaultLanguage} />,
          },
          { term: t('emails.card.page'), value: <a href={`/events/${invited.slug}`}>{event}</a> },
        ]}
      />
      <p>{organisation ? t('mailings.invitation.forOf', { name, organisation }) : t('mailings.invitation.for', { name })}</p>
      {answer && answered && (
        <Notice kind="success">
          <p>{t(`mailings.invitation.thanks.${answer}`, { name: invited.substituteName ?? '' })}</p>
          {answer === 'accepted' && !invited.registered && !over && (
            <>
              <p>{t('mailings.invitation.registerLead')}</p>
              <ButtonRow>
                <ButtonLink href={`${path}/registration`}>{t('mailings.invitation.register')}</ButtonLink>
              </ButtonRow>
            </>
          )}
        </Notice>
      )}
      {over ? (
        <Notice kind="info">{t('mailings.invitation.over')}</Notice>
      ) : (
        <Answering ctx={ctx} path={path} values={values} errors={errors} />
      )}
    </Layout>
  );
}

function Answering({ ctx, path, values, errors }: Pick<InvitationPageProps, 'ctx' | 'path' | 'values' | 'errors'>) {
  const { t } = ctx;
  return (
    <PostForm action={path}>
      <RadioList
        ctx={ctx}
        name="answer"
        label={t('mailings.invitation.question')}
        required
        value={values.answer}
        options={[
          { value: 'accepted', words: t('mailings.invitation.accept') },
          { value: 'declined', words: t('mailings.invitation.decline') },
          { value: 'substitute', words: t('mailings.invitation.substitute') },
        ]}
        errors={errors}
      />
      <TextInput
        ctx={ctx}
        name="substituteName"
        label={t('mailings.invitation.name')}
        maxlength={200}
        value={values.substituteName}
        errors={errors}
      />
      <TextInput
        ctx={ctx}
        name="substituteAddress"
        type="email"
        label={t('mailings.invitation.address')}
        maxlength={254}
        value={values.substituteAddress}
        errors={errors}
      />
      <TextArea
        ctx={ctx}
        name="note"
        label={t('mailings.invitation.note')}
        rows={3}
        unmarked
        value={values.note}
        errors={errors}
      />
      <ButtonRow>
        <Button>{t('mailings.invitation.send')}</Button>
      </ButtonRow>
    </PostForm>
  );
}
