import type { registrationsDelegation as en } from '../en/registrations-delegation.ts';

export const registrationsDelegation = {
  'registrations.delegation.of': 'Délégation de {organisation}',
  'registrations.delegation.counts':
    '{confirmed, plural, =0 {Personne de confirmé} one {# confirmé} many {# confirmés} other {# confirmés}}{waiting, plural, =0 {} one {, # en attente} many {, # en attente} other {, # en attente}}{pending, plural, =0 {} one {, # à décider} many {, # à décider} other {, # à décider}}',
  'registrations.delegation.offers':
    '{n, plural, one {Une place est proposée à # personne} many {Des places sont proposées à # personnes} other {Des places sont proposées à # personnes}}',
  'registrations.delegation.toDecide':
    '{n, plural, one {# personne attend votre approbation} many {# personnes attendent votre approbation} other {# personnes attendent votre approbation}}',
  'registrations.delegation.more': 'Inscrire d’autres personnes',
  'registrations.delegation.begin': 'Inscrire des personnes',
  'registrations.delegation.people': 'Personnes de la délégation',
  'registrations.delegation.state': 'État',
  'registrations.delegation.actions': 'Ce qu’on peut faire',
  'registrations.delegation.replace': 'Remplacer',
  'registrations.delegation.change': 'Modifier',
  'registrations.delegation.answers': 'Réponses de la délégation',
  'registrations.delegation.until': 'Les personnes, les catégories et les réponses peuvent être modifiées jusqu’au {when}.',
  'registrations.delegation.offer':
    '{n, plural, one {Une place est proposée à {names}} many {# places sont proposées à {names}} other {# places sont proposées à {names}}}',
  'registrations.decide.title': '{name} veut venir en votre nom',
  'registrations.decide.what':
    '{name} a indiqué {organisation} sans figurer sur sa liste de personnes. L’approbation prend une de vos places ; d’ici là, l’inscription ne compte pas.',
  'registrations.step.people': 'Qui',
  'registrations.step.details': 'Comment',
  'registrations.step.review': 'Envoyer',
  'registrations.step.next': 'Continuer',
  'registrations.step.back': 'Retour',
  'registrations.step.toEvent': 'Vers l’événement',
  'registrations.left.everybody': 'Places libres pour tout le monde',
  'registrations.left.yours': 'Places libres pour votre organisation',
  'registrations.left.of': 'sur {n, number}',
  'registrations.left.queue': 'il y a une liste d’attente',
  'registrations.left.noLimit': 'sans limite',
  'registrations.left.used': '{n, number} sur {of, number} utilisées',
  'registrations.left.chosen': 'Vous avez choisi :',
  'registrations.people.title': 'Qui vient ?',
  'registrations.people.roster': 'Personnes de votre organisation',
  'registrations.people.new': 'Une nouvelle personne ({n})',
  'registrations.people.more': 'Encore une nouvelle personne',
  'registrations.people.kept':
    'Ce que vous choisissez et saisissez est conservé quand vous continuez, même si vous revenez un autre jour. Personne n’est inscrit avant l’envoi.',
  'registrations.people.overRoom':
    '{n, plural, =0 {Cet événement n’accepte plus personne de votre organisation.} one {Cet événement n’accepte plus que # personne de votre organisation.} many {Cet événement n’accepte plus que # personnes de votre organisation.} other {Cet événement n’accepte plus que # personnes de votre organisation.}}',
  'registrations.people.overFree':
    'Il n’y a pas de place pour tout le monde maintenant. À l’étape suivante, vous choisissez d’attendre ensemble ou de venir en partie.',
  'registrations.people.overFreeNoList': 'Il n’y a pas de place pour tout le monde, et cet événement n’a pas de liste d’attente.',
  'registrations.details.title':
    '{n, plural, one {Comment # personne participe-t-elle ?} many {Comment # personnes participent-elles ?} other {Comment # personnes participent-elles ?}}',
  'registrations.details.category': 'À quel titre {name} participe ?',
  'registrations.details.all': 'Vous tous',
  'registrations.details.head': 'Chef de la délégation',
  'registrations.details.headHint': 'La personne à qui les organisateurs s’adressent sur place.',
  'registrations.details.nobody': 'Personne en particulier',
  'registrations.details.isHead': 'chef de la délégation',
  'registrations.mode.label': 'S’il n’y a pas de place pour tout le monde',
  'registrations.mode.together': 'Nous attendons ensemble',
  'registrations.mode.together.hint':
    'Soit vous obtenez toutes et tous une place, soit vous rejoignez la liste d’attente comme un seul groupe et recevez une offre commune.',
  'registrations.mode.together.noList': 'Soit vous obtenez toutes et tous une place, soit personne n’est inscrit.',
  'registrations.mode.as-many-as-fit': 'Autant que possible',
  'registrations.mode.as-many-as-fit.hint':
    'Dans l’ordre de cette liste : les premières personnes sont confirmées, chacune des autres attend séparément.',
  'registrations.mode.as-many-as-fit.noList':
    'Dans l’ordre de cette liste : les premières personnes sont confirmées, les autres ne sont pas inscrites.',
  'registrations.mode.all': 'Nous tous ou personne',
  'registrations.mode.all.hint': 'S’il n’y a pas de place pour tout le monde, personne n’est inscrit et personne n’attend.',
  'registrations.mode.all.noList': 'S’il n’y a pas de place pour tout le monde, personne n’est inscrit.',
  'registrations.review.title': 'Vérifiez une dernière fois',
  'registrations.review.people': '{n, plural, one {# personne} many {# personnes} other {# personnes}}',
  'registrations.review.fees': 'Frais',
  'registrations.review.n': 'Personnes',
  'registrations.review.total': 'Ensemble',
  'registrations.review.all': 'Total',
  'registrations.review.then': 'Ce qui se passe à l’envoi',
  'registrations.review.fits':
    'Il y a des places pour tout le monde. À moins que quelqu’un ne soit plus rapide, chacun est confirmé aussitôt et reçoit un message dans sa langue.',
  'registrations.review.together':
    'Il n’y a pas de place pour tout le monde : vous rejoignez la liste d’attente comme un seul groupe. Personne ne paie avant d’avoir une place.',
  'registrations.review.some':
    'Il n’y a pas de place pour tout le monde : les premières personnes sont confirmées tant qu’il reste des places, les autres rejoignent la liste d’attente une à une.',
  'registrations.review.someNoList':
    'Il n’y a pas de place pour tout le monde : les premières personnes sont confirmées tant qu’il reste des places, les autres ne sont pas inscrites.',
  'registrations.review.nobody': 'Il n’y a pas de place pour tout le monde. Selon votre choix, personne ne serait inscrit.',
  'registrations.review.approval':
    'Les organisateurs examinent d’abord chaque inscription, puis écrivent à chacun. D’ici là, rien n’est à payer.',
  'registrations.review.submit':
    '{n, plural, one {Inscrire # personne} many {Inscrire # personnes} other {Inscrire # personnes}}',
  'registrations.result.title':
    '{n, plural, one {Vous avez inscrit # personne} many {Vous avez inscrit # personnes} other {Vous avez inscrit # personnes}}',
  'registrations.result.confirmed':
    '{n, plural, one {# place est confirmée} many {# places sont confirmées} other {# places sont confirmées}}',
  'registrations.result.confirmedNext':
    'Chacun reçoit un message avec l’entrée d’agenda. Merci de payer comme indiqué ci-dessous.',
  'registrations.result.waiting':
    '{n, plural, one {# personne est sur la liste d’attente} many {# personnes sont sur la liste d’attente} other {# personnes sont sur la liste d’attente}}',
  'registrations.result.pending':
    '{n, plural, one {# inscription est examinée} many {# inscriptions sont examinées} other {# inscriptions sont examinées}}',
  'registrations.result.refused':
    '{n, plural, one {# personne n’est pas inscrite} many {# personnes ne sont pas inscrites} other {# personnes ne sont pas inscrites}}',
  'registrations.result.overview': 'Voir la délégation',
  'registrations.form.myself': 'M’inscrire seul',
  'registrations.delegation.changeAll': 'Modifier ce qui vous concerne tous',
} satisfies Record<keyof typeof en, string>;
