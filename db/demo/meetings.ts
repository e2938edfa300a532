// Meetings of territorial networks, from the network's public action plan of 2023 and the pages of its meetings; and such to come.

const participant = {
  key: 'participant',
  name: { en: 'Participant', fr: 'Participant', es: 'Participante', pt: 'Participante' },
};

/** What has been: held in 2023. `network` and `host` are slugs. */
export const pastMeetings = [
  {
    network: 'argentine-network',
    host: 'san-justo',
    event: {
      kind: 'national-meeting',
      title: { es: 'Encuentro de la Red Argentina', en: 'Meeting of the Argentine Network' },
      summary: {
        es: 'Tecnología centrada en las personas e innovación social.',
        en: 'People-centred technology and social innovation.',
      },
      description: { es: 'Con una visita de estudio.', en: 'With a study visit.' },
      languages: ['es', 'en'],
      zone: 'America/Argentina/Cordoba',
      starts: '2023-05-18T09:00',
      ends: '2023-05-19T17:00',
      country: 'AR',
      venue: { es: 'San Justo' },
      capacity: 120,
      categories: [participant],
    },
  },
  {
    network: 'spanish-network',
    host: 'gijon',
    event: {
      kind: 'national-meeting',
      edition: 16,
      title: {
        es: 'Encuentro de la Red Estatal de Ciudades Educadoras',
        en: 'Meeting of the Spanish Network of Educating Cities',
      },
      summary: {
        es: 'Ciudades Educadoras: ciudades que cuidan y acogen.',
        en: 'Educating Cities: cities that care and welcome.',
      },
      description: {
        es: '## Programa\n\n- **Miércoles**: acreditación desde las 16:00, apertura, conferencia inaugural y visitas en paralelo\n- **Jueves**: conclusiones de la red temática sobre la ciudad desde la infancia; diálogo de alcaldías «Gobernanza para los cuidados en tiempos de crisis»; experiencias en salas paralelas\n- **Viernes**: asamblea general de la red',
        en: '## Programme\n\n- **Wednesday**: accreditation from 16:00, opening, inaugural lecture and visits in parallel\n- **Thursday**: conclusions of the thematic network on the city from the perspective of childhood; dialogue of mayors “Governance for care in times of crisis”; experiences in parallel rooms\n- **Friday**: general assembly of the network',
      },
      languages: ['es', 'en'],
      zone: 'Europe/Madrid',
      starts: '2023-10-04T16:00',
      ends: '2023-10-06T14:00',
      country: 'ES',
      venue: { es: 'Gijón/Xixón' },
      registrationOpens: '2023-06-01T09:00',
      registrationCloses: '2023-09-22T23:59',
      limitMember: 4,
      limitNonMember: 1,
      capacity: 220,
      categories: [participant],
    },
  },
  {
    network: 'portuguese-network',
    host: 'torres-vedras',
    event: {
      kind: 'national-meeting',
      title: {
        pt: 'Congresso da Rede Portuguesa das Cidades Educadoras',
        en: 'Congress of the Portuguese Network of Educating Cities',
      },
      summary: {
        pt: 'Cidades Educadoras, cidades das crianças; cidades para todos!',
        en: 'Educating Cities, cities of children; cities for all!',
      },
      description: { pt: 'Com uma visita de estudo.', en: 'With a study visit.' },
      languages: ['pt', 'en'],
      zone: 'Europe/Lisbon',
      starts: '2023-11-09T09:00',
      ends: '2023-11-11T13:00',
      country: 'PT',
      venue: { pt: 'Torres Vedras' },
      capacity: 300,
      categories: [participant],
    },
  },
  {
    network: null,
    host: 'sevilla',
    event: {
      kind: 'assembly',
      title: { en: 'General Assembly', fr: 'Assemblée générale', es: 'Asamblea General', pt: 'Assembleia Geral' },
      summary: {
        en: 'An inspiring lecture, study visits, and the business of the network.',
        fr: 'Une conférence, des visites d’étude et les affaires du réseau.',
        es: 'Una conferencia, visitas de estudio y los asuntos de la red.',
        pt: 'Uma conferência, visitas de estudo e os assuntos da rede.',
      },
      languages: ['en', 'fr', 'es', 'pt'],
      zone: 'Europe/Madrid',
      starts: '2023-06-14T09:30',
      ends: '2023-06-14T18:00',
      country: 'ES',
      venue: { es: 'Sevilla' },
      capacity: 250,
      categories: [participant],
    },
  },
];

/** What is to come in a year: the next editions, by the place of the meeting before in the list above. */
export const nextEditions = (year: number) => [
  { of: 1, host: 'lleida', starts: `${year}-10-06T16:00`, publish: true },
  { of: 2, host: 'lisboa', starts: `${year}-11-11T09:00`, publish: false },
];

/** An hour online that comes soon, so that the list begins with something near. */
export const seminar = (day: string) => ({
  kind: 'seminar',
  title: {
    en: 'Culture and care: what cities learn from each other',
    fr: 'Culture et soin : ce que les villes apprennent les unes des autres',
    es: 'Cultura y cuidados: lo que las ciudades aprenden unas de otras',
    pt: 'Cultura e cuidado: o que as cidades aprendem umas com as outras',
  },
  summary: {
    en: 'Three cities, three questions, one hour online.',
    fr: 'Trois villes, trois questions, une heure en ligne.',
    es: 'Tres ciudades, tres preguntas, una hora en línea.',
    pt: 'Três cidades, três perguntas, uma hora em linha.',
  },
  languages: ['en', 'fr', 'es', 'pt'],
  zone: 'Asia/Seoul',
  starts: `${day}T18:00`,
  ends: `${day}T19:00`,
  attendance: 'online',
  onlineUrl: 'https://meeting.example.org/culture-and-care',
  registrationCloses: `${day}T17:00`,
  capacity: 300,
  categories: [participant],
});
