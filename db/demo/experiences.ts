// The call for experiences of the demonstration world's congress, and what was entered.

const four = (en: string, fr: string, es: string, pt: string) => ({ en, fr, es, pt });

export const experiences = {
  kind: 'experiences',
  title: four('Call for experiences', 'Appel à expériences', 'Convocatoria de experiencias', 'Convocatória de experiências'),
  summary: four(
    'What cities want to show one another at the congress.',
    'Ce que les villes veulent se montrer au congrès.',
    'Lo que las ciudades quieren mostrarse en el congreso.',
    'O que as cidades querem mostrar umas às outras no congresso.',
  ),
  guidelines: four(
    'A scientific committee reads every experience.',
    'Un comité scientifique lit chaque expérience.',
    'Un comité científico lee cada experiencia.',
    'Um comité científico lê cada experiência.',
  ),
  languages: ['en', 'fr', 'es', 'pt'],
  zone: 'Europe/Madrid',
  maxEntries: 2,
  conflictSameCountry: false,
  modalities: [
    { key: 'workshop', title: four('Workshop', 'Atelier', 'Taller', 'Oficina'), minutes: 60 },
    { key: 'poster', title: four('Poster', 'Affiche', 'Póster', 'Póster'), minutes: 15 },
  ],
  entered: [
    {
      city: 'barcelona',
      theme: 'lifelong',
      modality: 'workshop',
      title: { en: 'A library in every school yard' },
      summary: { en: 'School yards open in the evening with books, games and people to talk to.' },
    },
    {
      city: 'rennes',
      theme: 'culture',
      modality: 'workshop',
      title: { en: 'Children draw the budget' },
      summary: { en: 'Classes decide each year on a part of the district’s budget.' },
    },
    {
      city: 'torino',
      theme: 'labour',
      modality: 'poster',
      title: { en: 'First job, second chance' },
      summary: { en: 'Young people who left school learn a trade in the workshops of the city.' },
    },
    {
      city: 'gijon',
      theme: 'culture',
      modality: 'poster',
      title: { en: 'The museum comes to the market' },
      summary: { en: 'Once a week the museum shows one thing and one story among the stalls.' },
    },
    {
      city: 'lisboa',
      theme: 'lifelong',
      modality: 'workshop',
      title: { en: 'Grandparents teach the street' },
      summary: { en: 'Older neighbours tell classes how their street became what it is.' },
    },
    {
      city: 'praia',
      theme: 'labour',
      modality: 'poster',
      title: { en: 'Repair together' },
      summary: { en: 'A workshop where neighbours mend what they would have thrown away.' },
    },
  ],
};
