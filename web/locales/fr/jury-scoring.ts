import type { juryScoring as en } from '../en/jury-scoring.ts';

export const juryScoring: Record<keyof typeof en, string> = {
  'judging.conflicts.withdraw': 'Retirer',
  'judging.conflicts.withdrawName': 'Retirer ce que vous avez déclaré sur {name}',
  'notice.declarationWithdrawn': 'Retirée. Il reste inscrit que vous l’aviez déclarée.',
  'judging.scoring.title': 'Notation',
  'judging.scoring.closed': 'La notation a été close le {when} : plus aucune évaluation ne change.',
  'judging.scoring.closedDesk': 'La notation a été close le {when}. Ce que vous avez remis compte ; plus rien ne change.',
  'judging.scoring.allIn': 'Toutes les évaluations ont été remises.',
  'judging.scoring.left':
    '{n, plural, one {# membre du jury a} many {# membres du jury ont} other {# membres du jury ont}} encore des évaluations à remettre.',
  'judging.scoring.ends': 'Jusqu’à quand le jury est invité à noter',
  'judging.scoring.endsHint':
    'Les membres du jury le voient sur leur bureau et dans leurs courriels. Trois jours avant, un rappel part à qui a encore des évaluations à remettre. Rien ne se ferme tout seul.',
  'judging.scoring.endsGo': 'Enregistrer la date',
  'judging.scoring.remind': 'Rappeler à qui a des évaluations à remettre ({n})',
  'judging.scoring.close': 'Clore la notation',
  'judging.scoring.open': 'Rouvrir la notation',
  'judging.scoring.until': 'Merci de remettre vos évaluations avant le {when}.',
  'judging.wishes.title': 'Ce que vous aimeriez lire',
  'judging.wishes.lead':
    'Cochez les candidatures que vous liriez volontiers. Cela aide à les répartir ; ce n’est pas une promesse. Ce avec quoi vous êtes en conflit n’est pas dans la liste.',
  'judging.wishes.none': 'Il n’y a pas encore de candidature que vous puissiez lire.',
  'judging.wishes.go': 'Enregistrer mes souhaits',
  'judging.wishes.toIt': 'Dire quelles candidatures vous aimeriez lire',
  'judging.wishes.heading': 'Ce que le jury aimerait lire',
  'judging.wishes.ask':
    'Avant toute répartition, les membres du jury peuvent dire quelles candidatures ils liraient volontiers. La répartition automatique en tient compte.',
  'judging.wishes.askGo': 'Demander au jury par courriel',
  'judging.wishes.asked': 'On demande en ce moment au jury quelles candidatures il lirait volontiers.',
  'judging.wishes.stop': 'Ne plus demander',
  'judging.asked.assignedSubject': 'À lire pour le jury : {call}',
  'judging.asked.assignedHeading': 'Vos candidatures sont sur votre bureau',
  'judging.asked.assigned':
    '{n, plural, one {# candidature de « {call} » est} many {# candidatures de « {call} » sont} other {# candidatures de « {call} » sont}} sur votre bureau, à lire et à noter.',
  'judging.asked.remindedSubject': 'Évaluations à remettre : {call}',
  'judging.asked.remindedHeading': 'Le jury attend vos évaluations',
  'judging.asked.reminded':
    '{n, plural, one {# évaluation de « {call} » n’est pas encore remise} many {# évaluations de « {call} » ne sont pas encore remises} other {# évaluations de « {call} » ne sont pas encore remises}}. Ce que vous avez écrit jusqu’ici est conservé.',
  'judging.asked.wishesSubject': 'Qu’aimeriez-vous lire ? {call}',
  'judging.asked.wishesHeading': 'Quelles candidatures liriez-vous volontiers ?',
  'judging.asked.wishes':
    'Avant que les candidatures de « {call} » soient réparties, vous pouvez dire lesquelles vous liriez volontiers.',
  'notice.scoringEndSet': 'La date est enregistrée. Qui a encore des évaluations à remettre en est informé.',
  'notice.scoringClosed': 'La notation est close.',
  'notice.scoringOpened': 'La notation est rouverte.',
  'notice.jurorsReminded': 'Qui a encore des évaluations à remettre reçoit un courriel.',
  'notice.wishesOpened': 'La question part au jury par courriel.',
  'notice.wishesClosed': 'On ne demande plus rien au jury. Ses souhaits sont conservés.',
  'notice.wished': 'Vos souhaits sont enregistrés.',
  'refusal.scoring-closed':
    'La notation est close : les évaluations ne changent plus. Demandez à la présidence du jury de la rouvrir.',
  'refusal.assigned-already': 'Des candidatures ont déjà été réparties.',
  'refusal.wishes-closed': 'On ne vous demande pas en ce moment quelles candidatures vous aimeriez lire.',
};
