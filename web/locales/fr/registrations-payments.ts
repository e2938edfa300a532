import type { registrationsPayments as en } from '../en/registrations-payments.ts';

export const registrationsPayments = {
  'registrationsOffice.tab.payments': 'Paiements',
  'registrationsOffice.payments.lead': 'Ce qui est arrivé, ce qui est encore dû et ce qui a été payé en trop.',
  'registrationsOffice.payments.fees': 'Frais des personnes confirmées',
  'registrationsOffice.payments.refunded': '{money} remboursés',
  'registrationsOffice.payments.owing':
    '{n, plural, =0 {personne ne doit rien} one {une inscription} many {# inscriptions} other {# inscriptions}}',
  'registrationsOffice.payments.over': 'Payé en trop',
  'registrationsOffice.payments.overpaid':
    '{n, plural, =0 {personne} one {une inscription} many {# inscriptions} other {# inscriptions}}',
  'registrationsOffice.payments.read': 'Lire un relevé bancaire',
  'registrationsOffice.payments.search': 'Nom, ville, référence ou note',
  'registrationsOffice.payments.noneFound': 'Aucun paiement ne correspond',
  'registrationsOffice.payments.by': 'Noté par',
  'registrationsOffice.statement.title': 'Un relevé bancaire',
  'registrationsOffice.statement.lead':
    'Choisissez le relevé tel que votre banque l’exporte. Vous voyez à quoi sert chaque ligne avant que rien ne soit noté.',
  'registrationsOffice.statement.readLead': 'Rien n’est encore noté. Ce qui paie exactement le dû est coché ; vérifiez le reste.',
  'registrationsOffice.statement.file': 'Relevé',
  'registrationsOffice.statement.fileHint':
    'Un fichier CSV avec une colonne pour la date et une pour le montant. Les références sont cherchées dans toutes les autres.',
  'registrationsOffice.statement.read': 'Le lire',
  'registrationsOffice.statement.nothing': 'Aucun encaissement dans ce relevé',
  'registrationsOffice.statement.text': 'Ce que dit la banque',
  'registrationsOffice.statement.line': 'Ligne {n, number}',
  'registrationsOffice.statement.for': 'Paie pour',
  'registrationsOffice.statement.due': '{money} dus',
  'registrationsOffice.statement.match.exact': 'exactement le dû',
  'registrationsOffice.statement.match.less': 'moins que le dû',
  'registrationsOffice.statement.match.more': 'plus que le dû',
  'registrationsOffice.statement.match.several': 'cite plusieurs références',
  'registrationsOffice.statement.match.currency': 'une autre monnaie',
  'registrationsOffice.statement.match.noted': 'déjà noté',
  'registrationsOffice.statement.match.none': 'aucune référence trouvée',
  'registrationsOffice.statement.matched':
    '{n, plural, one {Une ligne cite une référence} many {# lignes citent une référence} other {# lignes citent une référence}}',
  'registrationsOffice.statement.unmatched':
    '{n, plural, one {Une ligne vous est laissée} many {# lignes vous sont laissées} other {# lignes vous sont laissées}}',
  'registrationsOffice.statement.note': 'Noter ce qui est coché',
  'registrationsOffice.statement.other': 'Un autre relevé',
  'registrationsOffice.list.paidOver': 'Payé en trop',
  'notice.statementNoted':
    '{n, plural, =0 {Rien n’a été noté} one {Un paiement est noté} many {# paiements sont notés} other {# paiements sont notés}}',
  'invalid.statementAmount': 'Le montant de la ligne {line, number} est illisible',
  'invalid.statementDate': 'La date de la ligne {line, number} est illisible : écrivez 2026-05-26 ou 26/05/2026',
} satisfies Record<keyof typeof en, string>;
