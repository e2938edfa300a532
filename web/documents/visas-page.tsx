import type { VisaRequest } from '../../server/documents/visa.ts';
import type { FieldError } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { Card, Cards, DefinitionList } from '../ui/facts.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Happened } from '../ui/when.tsx';
import { DocumentsFrame, type Of, officePath } from './frame.tsx';

interface VisasPageProps extends Of {
  requests: VisaRequest[];
  /** What was typed at one of them, and what is wrong with it. */
  again?: { registrationId: string; reason: string; errors: FieldError[] };
}

/** Who asked for a letter of invitation, and the organiser's word on each. */
export function VisasPage({ requests, again, ...of }: VisasPageProps) {
  const { ctx, occasion } = of;
  const { t } = ctx;
  return (
    <DocumentsFrame {...of} title={t('documents.visas')} lead={t('documents.visas.lead')} errors={again?.errors}>
      {requests.length === 0 ? <p>{t('documents.visas.none')}</p> : <h2 class="unseen">{t('documents.visas')}</h2>}
      <Cards>
        {requests.map((request) => (
          <Card key={request.registrationId} title={request.name} kicker={t(`documents.visas.state.${request.state}`)}>
            <Facts {...of} request={request} />
            {request.state === 'asked' && (
              <PostForm action={`${officePath(occasion)}/visas/${request.registrationId}`}>
                <TextInput
                  ctx={ctx}
                  id={`reason-${request.registrationId}`}
                  name="reason"
                  label={t('documents.revoke.reason')}
                  value={again?.registrationId === request.registrationId ? again.reason : ''}
                  maxlength={300}
                />
                <ButtonRow>
                  <Button name="state" value="approved" label={t('documents.visas.approveOf', { name: request.name })}>
                    {t('documents.visas.approve')}
                  </Button>
                  <Button
                    kind="secondary"
                    name="state"
                    value="refused"
                    label={t('documents.visas.refuseOf', { name: request.name })}
                  >
                    {t('documents.visas.refuse')}
                  </Button>
                </ButtonRow>
              </PostForm>
            )}
          </Card>
        ))}
      </Cards>
    </DocumentsFrame>
  );
}

function Facts({ ctx, request }: Of & { request: VisaRequest }) {
  const { t } = ctx;
  const { passport } = request;
  return (
    <DefinitionList
      facts={[
        { term: t('documents.field.organisation'), value: request.organisation ?? '–' },
        { term: t('documents.field.consulate'), value: request.consulate },
        { term: t('documents.ordered'), value: <Happened ctx={ctx} at={request.askedAt} /> },
        { term: t('documents.field.passport'), value: passport?.passport ?? t('documents.visas.forgotten') },
        passport && { term: t('documents.field.nationality'), value: passport.nationality },
        passport && { term: t('documents.field.born'), value: passport.born },
        request.reason ? { term: t('documents.revoke.reason'), value: request.reason } : null,
      ]}
    />
  );
}
