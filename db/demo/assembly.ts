// The agenda of a General Assembly like the one that is held beside the congress.

const four = (en: string, fr: string, es: string, pt: string) => ({ en, fr, es, pt });

export const agenda = [
  {
    title: four(
      'Minutes of the last assembly',
      'Procès-verbal de la dernière assemblée',
      'Acta de la última asamblea',
      'Ata da última assembleia',
    ),
    text: {},
  },
  {
    title: four(
      'Report of activities and accounts',
      'Rapport d’activité et comptes',
      'Memoria de actividades y cuentas',
      'Relatório de atividades e contas',
    ),
    text: four(
      'What the network did in the year, and what it cost.',
      'Ce que le réseau a fait dans l’année, et ce que cela a coûté.',
      'Lo que la red hizo en el año y lo que costó.',
      'O que a rede fez durante o ano e quanto custou.',
    ),
  },
  {
    title: four(
      'Host of the next congress',
      'Ville hôte du prochain congrès',
      'Sede del próximo congreso',
      'Cidade anfitriã do próximo congresso',
    ),
    text: {},
  },
];

/** Motions by the place of their item above. */
export const motions = [
  {
    item: 1,
    ballot: 'open',
    majority: 'simple',
    title: four('To approve the accounts', 'Approuver les comptes', 'Aprobar las cuentas', 'Aprovar as contas'),
  },
  {
    item: 2,
    ballot: 'secret',
    majority: 'absolute',
    title: four(
      'To entrust the next congress to the city proposed',
      'Confier le prochain congrès à la ville proposée',
      'Confiar el próximo congreso a la ciudad propuesta',
      'Confiar o próximo congresso à cidade proposta',
    ),
  },
];

/** Cities that vote: by a delegate, or through another city. */
export const voters = [
  { city: 'granollers', email: 'granollers@example.org', name: 'International Relations, Granollers' },
  { city: 'torres-vedras', email: 'torres-vedras@example.org', name: 'International Relations, Torres Vedras' },
  { city: 'lisboa', proxyTo: 'torres-vedras' },
];
