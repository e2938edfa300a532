// A congress like the one of Granollers in 2026, in a year to come: its facts are those of its public pages.

const description = {
  en: `Cities educate: by their streets and squares, their libraries and theatres, by whom they invite and whom they listen to.
The congress brings together those who decide and those who do, to show one another what works.

## Three axes

- **City and community**: culture as a place where people meet who would not meet otherwise.
- **Critical citizenship**: to read, to doubt, to take part in what concerns everybody.
- **Creative citizenship**: the arts in schools, in neighbourhoods and in public space.

## What awaits you

1. Lectures and dialogues of mayors, interpreted into four languages
2. Workshops in which cities present their experiences, ten minutes each
3. Direct dialogues in small groups, and digital posters
4. Visits to schools, cultural centres and neighbourhoods of the host city
5. The ceremony of the Educating Cities Award, and beside the congress the General Assembly`,
  fr: `Les villes éduquent : par leurs rues et leurs places, leurs bibliothèques et leurs théâtres, par ceux qu’elles invitent et ceux
qu’elles écoutent. Le congrès réunit celles et ceux qui décident et qui agissent, pour se montrer ce qui marche.

## Trois axes

- **Ville et communauté** : la culture comme lieu de rencontre.
- **Citoyenneté critique** : lire, douter, prendre part à ce qui concerne tout le monde.
- **Citoyenneté créative** : les arts à l’école, dans les quartiers et dans l’espace public.

## Ce qui vous attend

1. Conférences et dialogues de maires, interprétés en quatre langues
2. Ateliers où les villes présentent leurs expériences, dix minutes chacune
3. Dialogues directs en petits groupes et affiches numériques
4. Visites d’écoles, de centres culturels et de quartiers de la ville hôte
5. La remise du Prix Villes éducatrices et, en marge du congrès, l’Assemblée générale`,
  es: `Las ciudades educan: con sus calles y plazas, sus bibliotecas y teatros, con a quién invitan y a quién escuchan.
El congreso reúne a quienes deciden y a quienes actúan, para mostrarse lo que funciona.

## Tres ejes

- **Ciudad y comunidad**: la cultura como lugar de encuentro.
- **Ciudadanía crítica**: leer, dudar, participar en lo que afecta a todos.
- **Ciudadanía creativa**: las artes en la escuela, en los barrios y en el espacio público.

## Qué le espera

1. Conferencias y diálogos de alcaldías, interpretados a cuatro idiomas
2. Talleres en los que las ciudades presentan sus experiencias, diez minutos cada una
3. Diálogos directos en grupos pequeños y pósteres digitales
4. Visitas a escuelas, centros culturales y barrios de la ciudad anfitriona
5. La entrega del Premio Ciudades Educadoras y, junto al congreso, la Asamblea General`,
  pt: `As cidades educam: com as suas ruas e praças, as suas bibliotecas e teatros, com quem convidam e quem escutam.
O congresso reúne quem decide e quem faz, para mostrarem uns aos outros o que funciona.

## Três eixos

- **Cidade e comunidade**: a cultura como lugar de encontro.
- **Cidadania crítica**: ler, duvidar, participar no que diz respeito a todos.
- **Cidadania criativa**: as artes na escola, nos bairros e no espaço público.

## O que o espera

1. Conferências e diálogos de autarcas, interpretados em quatro línguas
2. Oficinas em que as cidades apresentam as suas experiências, dez minutos cada
3. Diálogos diretos em pequenos grupos e pósteres digitais
4. Visitas a escolas, centros culturais e bairros da cidade anfitriã
5. A entrega do Prémio Cidades Educadoras e, a par do congresso, a Assembleia Geral`,
  ca: `Les ciutats eduquen: amb els seus carrers i places, les seves biblioteques i teatres, amb qui conviden i qui escolten.

## Tres eixos

- **Ciutat i comunitat**: la cultura com a lloc de trobada.
- **Ciutadania crítica**: llegir, dubtar, participar en allò que afecta tothom.
- **Ciutadania creativa**: les arts a l’escola, als barris i a l’espai públic.`,
};

/** The congress in the May of a year; its registration is open from the January of the year before. */
export function congress(year: number) {
  return {
    kind: 'congress',
    edition: 18,
    title: {
      en: 'International Congress of Educating Cities',
      fr: 'Congrès international des Villes éducatrices',
      es: 'Congreso Internacional de Ciudades Educadoras',
      pt: 'Congresso Internacional das Cidades Educadoras',
      ca: 'Congrés Internacional de Ciutats Educadores',
    },
    summary: {
      en: 'Education and culture in the city: community, critical sense and creativity.',
      fr: 'Éducation et culture dans la ville : communauté, esprit critique et créativité.',
      es: 'Educación y cultura en la ciudad: comunidad, sentido crítico y creatividad.',
      pt: 'Educação e cultura na cidade: comunidade, sentido crítico e criatividade.',
      ca: 'Educació i cultura a la ciutat: comunitat, sentit crític i creativitat.',
    },
    description,
    languages: ['en', 'fr', 'es', 'pt', 'ca'],
    zone: 'Europe/Madrid',
    starts: `${year}-05-26T09:00`,
    ends: `${year}-05-29T18:00`,
    venue: {
      en: 'Theatre and Auditorium of Granollers',
      fr: 'Théâtre-Auditorium de Granollers',
      es: 'Teatro Auditorio de Granollers',
      pt: 'Teatro Auditório de Granollers',
      ca: 'Teatre Auditori de Granollers',
    },
    address: 'Granollers',
    country: 'ES',
    latitude: 41.608,
    longitude: 2.2877,
    registrationOpens: `${year - 1}-01-15T09:00`,
    registrationCloses: `${year}-05-12T23:59`,
    changesUntil: `${year}-05-19T23:59`,
    limitMember: 5,
    limitNonMember: 2,
    lateFrom: `${year}-04-01T00:00`,
    reducedCountries: ['CV', 'TG', 'PS', 'AR', 'MX'],
    paymentDetails: {
      en: 'By bank transfer within 30 days. Write the reference of your confirmation with it.',
      fr: 'Par virement dans les 30 jours. Indiquez la référence de votre confirmation.',
      es: 'Por transferencia en 30 días. Indique la referencia de su confirmación.',
      pt: 'Por transferência em 30 dias. Indique a referência da sua confirmação.',
      ca: 'Per transferència en 30 dies. Indiqueu la referència de la confirmació.',
    },
    capacity: 1200,
    categories: [
      {
        key: 'member',
        name: { en: 'Member city', fr: 'Ville membre', es: 'Ciudad miembro', pt: 'Cidade membro', ca: 'Ciutat membre' },
        openTo: 'members',
        priceEarly: 25000,
        priceLate: 32000,
        priceReduced: 12500,
      },
      {
        key: 'non-member',
        name: {
          en: 'Other participant',
          fr: 'Autre participant',
          es: 'Otro participante',
          pt: 'Outro participante',
          ca: 'Un altre participant',
        },
        openTo: 'non-members',
        priceEarly: 35000,
        priceLate: 42000,
        priceReduced: 17500,
      },
      {
        key: 'student',
        name: { en: 'Student', fr: 'Étudiant', es: 'Estudiante', pt: 'Estudante', ca: 'Estudiant' },
        note: {
          en: 'With a card that is valid in the year of the congress',
          fr: 'Avec une carte valable l’année du congrès',
          es: 'Con un carné válido el año del congreso',
          pt: 'Com um cartão válido no ano do congresso',
          ca: 'Amb un carnet vàlid l’any del congrés',
        },
        priceEarly: 6000,
        capacity: 100,
      },
      {
        key: 'speaker',
        name: { en: 'Speaker', fr: 'Intervenant', es: 'Ponente', pt: 'Orador', ca: 'Ponent' },
        openTo: 'organiser',
      },
    ],
  };
}
