export const door = {
  'refusal.door-unknown': 'Personne n’est connu sous ce code',
  'refusal.door-session': 'L’événement n’a pas cette séance',
  'refusal.door-pending': 'L’inscription n’est pas encore confirmée',
  'refusal.door-waiting': 'Sur liste d’attente',
  'refusal.door-ended': 'L’inscription a été annulée',
  'refusal.door-replaced': 'Quelqu’un d’autre vient à sa place',
  'refusal.door-cancelled': 'L’événement est annulé',
  'refusal.door-no-place': 'Pas de place dans cette séance',
  'refusal.door-other-step': 'Ceci a déjà été noté pour autre chose',
  'refusal.door-crowded': 'Trop d’appareils ont ouvert cette porte',
};
