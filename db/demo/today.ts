const words = (en: string, fr: string, es: string, pt: string) => ({ en, fr, es, pt });

/** A dialogue that begins on this day and goes on until the next: so that there is a door to look at. Facts of a meeting in Gijón. */
export const dialogueToday = (day: string, after: string) => ({
  kind: 'dialogue',
  title: words(
    'Governance for care in times of crisis',
    'Gouverner pour le soin en temps de crise',
    'Gobernanza para el cuidado en tiempos de crisis',
    'Governança para o cuidado em tempos de crise',
  ),
  summary: words(
    'A dialogue of mayors, and what cities have tried, in parallel rooms.',
    'Un dialogue de maires et les essais des villes, en salles parallèles.',
    'Un diálogo de alcaldías y lo que las ciudades han probado, en salas paralelas.',
    'Um diálogo de autarcas e o que as cidades experimentaram, em salas paralelas.',
  ),
  languages: ['es', 'en', 'fr', 'pt'],
  zone: 'Europe/Madrid',
  starts: `${day}T09:00`,
  ends: `${after}T18:00`,
  venue: words('City Council', 'Mairie', 'Ayuntamiento', 'Câmara Municipal'),
  capacity: 60,
  limitMember: 4,
  categories: [
    { key: 'member', name: words('Member city', 'Ville membre', 'Ciudad miembro', 'Cidade membro'), priceEarly: 0 },
    {
      key: 'speaker',
      name: words('Speaker', 'Intervention', 'Ponente', 'Orador ou oradora'),
      priceEarly: 0,
      openTo: 'organiser',
    },
  ],
});

/** What takes place at it; the second has fewer places than people who would like to be there. */
export const dialogueSessions = [
  {
    kind: 'plenary',
    title: words('Dialogue of mayors', 'Dialogue de maires', 'Diálogo de alcaldías', 'Diálogo de autarcas'),
    at: 'T10:00',
    minutes: 90,
    languages: ['es'],
    interpreting: ['en', 'fr', 'pt'],
  },
  {
    kind: 'workshop',
    title: words('Exchange of experiences', 'Échange d’expériences', 'Intercambio de experiencias', 'Troca de experiências'),
    at: 'T12:00',
    minutes: 90,
    languages: ['es', 'en'],
    capacity: 4,
  },
] as const;
