import type { personalData as en } from '../en/personal-data.ts';

export const personalData = {
  'personalData.title': 'Vos données',
  'personalData.see': 'Voir ce qui est conservé à votre sujet',
  'personalData.lead':
    'Tout ce qui est conservé ici à votre sujet. Les réponses anonymes n’en font pas partie : personne ne peut dire de qui elles viennent.',
  'personalData.download': 'Tout télécharger (JSON)',
  'personalData.group.profile': 'Profil, organisations et modifications vous concernant',
  'personalData.group.signIns': 'Connexions, adresses et jetons',
  'personalData.group.registrations': 'Inscriptions, fichiers et paiements',
  'personalData.group.mail': 'Courriels et invitations',
  'personalData.group.calendars': 'Entrées d’agenda et flux',
  'personalData.group.answers': 'Réponses à votre nom',
  'personalData.group.juries': 'Jurys et évaluations',
  'personalData.group.other': 'Documents, contributions et autres',
  'personalData.erasure.heading': 'Effacement',
  'personalData.erasure.lead':
    'Votre nom, vos adresses et vos réponses disparaissent pour toujours. Téléchargez d’abord vos données si vous souhaitez les garder.',
  'personalData.erasure.ask': 'Effacer mes données…',
  'personalData.erasure.titleSelf': 'Effacer vos données ?',
  'personalData.erasure.title': 'Effacer {name} ?',
  'personalData.erasure.consequence':
    'Nom, adresses, connexions, réponses, fichiers, entrées d’agenda et contenu des courriels sont effacés immédiatement. Personne ne pourra les rétablir ni s’en servir pour se connecter.',
  'personalData.erasure.keptPart': 'Le fait que quelqu’un a participé, payé, évalué ou décidé : il est compté, sans nom',
  'personalData.erasure.keptSaid': 'Ce qui a été publié, ou déposé par une ville, tel quel',
  'personalData.erasure.keptAddress': 'Les adresses qui ont refusé tout courriel, afin que rien ne leur soit envoyé',
  'personalData.erasure.go': 'Effacer définitivement',
  'personalData.erasure.toRegistrations': 'Vers mes inscriptions',
  'refusal.erasure-registered':
    'C’est impossible tant qu’il existe une inscription à un événement qui n’est pas terminé. Rendez-la d’abord.',
  'refusal.erasure-jury':
    'C’est impossible tant qu’un jury dont cette personne est membre n’a pas décidé. Ce sera possible une fois les résultats publiés ou lorsque la personne aura quitté le jury.',
  'notice.erased': 'Les données sont effacées',
  'personalData.forPerson':
    'Tout ce qui est conservé sur cette personne peut être téléchargé et remis, et la personne effacée si elle le demande.',
  'personalData.erasure.askFor': 'Effacer cette personne…',
  'personalData.heading': 'Données personnelles',
} satisfies Record<keyof typeof en, string>;
