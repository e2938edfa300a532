import { mailedToken, type Secrets } from '../questionnaires/sealing.ts';
import { isTopic } from '../sends/topics.ts';
import { invitationToken } from './invitation-links.ts';
import type { LetterFacts } from './letters.ts';

/**
 * The personal links of a letter. A preview has the same letter with links that answer for nobody: whoever writes a mailing must not
 * be able to answer in another's name, least of all anonymously.
 */
export function linksFor(
  config: Secrets & { publicUrl: string },
  { mailing, recipient }: LetterFacts,
  { preview = false, unsubscribe }: { preview?: boolean; unsubscribe?: string } = {},
): { invitation: string | null; questionnaire: string | null; unsubscribe: string | null } {
  const { publicUrl, secret } = config;
  const asksForAnswer =
    mailing.kind === 'invitation' || (mailing.kind === 'reminder' && mailing.audience.invitation === 'unanswered');
  const invitation = preview ? 'preview' : recipient.invitationId && invitationToken(secret, recipient.invitationId);
  const asking = preview ? 'preview' : recipient.asking && mailedToken(config, recipient.asking);
  return {
    invitation: asksForAnswer && invitation ? `${publicUrl}/invitations/${invitation}` : null,
    questionnaire: mailing.kind === 'questionnaire' && asking ? `${publicUrl}/q/${asking}` : null,
    unsubscribe: isTopic(mailing.topic) && preview ? `${publicUrl}/unsubscribe/preview` : (unsubscribe ?? null),
  };
}
