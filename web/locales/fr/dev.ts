import type { dev as en } from '../en/dev.ts';

export const dev = {
  'dev.mail.title': 'Courriels',
  'dev.mail.lead': 'Ce que cette installation aurait envoyé. Rien ne quitte cette machine.',
  'dev.mail.none': 'Aucun courriel pour l’instant.',
  'dev.mail.subject': 'Objet',
  'dev.mail.to': 'À',
  'dev.mail.from': 'De',
  'dev.mail.at': 'Quand',
  'dev.mail.html': 'Aperçu',
  'dev.mail.text': 'En texte',
  'dev.mail.attachments': 'Pièces jointes',
  'dev.mail.headers': 'En-têtes',
  'dev.mail.raw': 'Le message tel qu’envoyé',
  'dev.mail.all': 'Tous les courriels',
  'dev.mail.noSubject': '(sans objet)',
} satisfies Record<keyof typeof en, string>;
