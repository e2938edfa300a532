// The award of the demonstration world: the facts of a real call, in years to come.

const four = (en: string, fr: string, es: string, pt: string) => ({ en, fr, es, pt });

/** What a candidature is asked. */
export const candidature = {
  key: 'candidature',
  kind: 'application',
  languages: ['en', 'fr', 'es', 'pt'],
  defaultLanguage: 'en',
  title: four('Candidature', 'Candidature', 'Candidatura', 'Candidatura'),
  pages: [
    {
      key: 'practice',
      title: four('The practice', 'La pratique', 'La práctica', 'A prática'),
      items: [
        {
          key: 'description',
          type: 'longText',
          required: true,
          maxWords: 400,
          label: four(
            'What do you do, for whom and with whom?',
            'Que faites-vous, pour qui et avec qui ?',
            '¿Qué hacen, para quién y con quién?',
            'O que fazem, para quem e com quem?',
          ),
        },
        {
          key: 'impact',
          type: 'longText',
          required: true,
          maxWords: 300,
          label: four(
            'What has changed, and how do you know?',
            'Qu’est-ce qui a changé, et comment le savez-vous ?',
            '¿Qué ha cambiado y cómo lo saben?',
            'O que mudou, e como o sabem?',
          ),
        },
        {
          key: 'started',
          type: 'date',
          required: true,
          label: four(
            'When did the practice begin?',
            'Quand la pratique a-t-elle commencé ?',
            '¿Cuándo empezó la práctica?',
            'Quando começou a prática?',
          ),
        },
        {
          key: 'letter',
          type: 'file',
          accept: ['pdf'],
          label: four(
            'Letter of support from the mayor',
            'Lettre de soutien du maire',
            'Carta de apoyo de la alcaldía',
            'Carta de apoio da presidência',
          ),
        },
        { key: 'film', type: 'url', label: four('A film', 'Un film', 'Un vídeo', 'Um filme') },
      ],
    },
  ],
};

const criterion = (key: string, name: Record<string, string>, weight: number) => ({
  key,
  name,
  weight,
  scaleMin: 0,
  scaleMax: 10,
  guidance: [
    { value: 0, text: four('Not to be seen', 'Absent', 'No se aprecia', 'Não se vê') },
    { value: 5, text: four('In part', 'En partie', 'En parte', 'Em parte') },
    {
      value: 10,
      text: four(
        'Convincing in every respect',
        'Convaincant à tous égards',
        'Convincente en todos los aspectos',
        'Convincente em todos os aspetos',
      ),
    },
  ],
});

/** The award given at the congress of `year`, open at `now`. */
export function award(year: number, now: Temporal.PlainDateTime) {
  const opens = Temporal.PlainDateTime.from(`${year - 1}-04-22T09:00`);
  const closes = Temporal.PlainDateTime.from(`${year - 1}-10-15T23:59`);
  const isBefore = (a: Temporal.PlainDateTime, b: Temporal.PlainDateTime) => Temporal.PlainDateTime.compare(a, b) < 0;
  return {
    kind: 'award',
    title: four('Educating Cities Award', 'Prix Villes éducatrices', 'Premio Ciudades Educadoras', 'Prémio Cidades Educadoras'),
    summary: four(
      'Education as a source of inclusion and social cohesion.',
      'L’éducation, source d’inclusion et de cohésion sociale.',
      'La educación como fuente de inclusión y cohesión social.',
      'A educação como fonte de inclusão e coesão social.',
    ),
    guidelines: four(
      '## The award\n\nThree laureates from three cities. The jury may declare the award void.\n\nAdd a letter of support from the mayor.',
      '## Le prix\n\nTrois lauréats de trois villes. Le jury peut déclarer le prix sans suite.\n\nJoignez une lettre de soutien du maire.',
      '## El premio\n\nTres premiados de tres ciudades. El jurado puede declarar desierto el premio.\n\nAdjunte una carta de apoyo de la alcaldía.',
      '## O prémio\n\nTrês laureados de três cidades. O júri pode declarar o prémio deserto.\n\nJunte uma carta de apoio da presidência.',
    ),
    languages: ['en', 'fr', 'es', 'pt'],
    zone: 'Europe/Madrid',
    opens: (isBefore(opens, now) ? opens : now.subtract({ days: 1 })).toString(),
    // Extended once, as in the years before, when the day has passed.
    closes: isBefore(now, closes) ? closes.toString() : `${year}-01-31T23:59`,
    graceMinutes: 60,
    themes: [
      {
        key: 'lifelong',
        title: four(
          'Lifelong education',
          'Éducation tout au long de la vie',
          'Educación a lo largo de la vida',
          'Educação ao longo da vida',
        ),
      },
      {
        key: 'labour',
        title: four(
          'Socio-labour integration',
          'Insertion sociale et professionnelle',
          'Inserción sociolaboral',
          'Integração sociolaboral',
        ),
      },
      {
        key: 'culture',
        title: four(
          'Cultural and community life',
          'Vie culturelle et communautaire',
          'Vida cultural y comunitaria',
          'Vida cultural e comunitária',
        ),
      },
    ],
    criteria: [
      criterion(
        'relevance',
        four('Relevance to the theme', 'Pertinence par rapport au thème', 'Pertinencia para el tema', 'Pertinência para o tema'),
        2,
      ),
      criterion('impact', four('Impact', 'Impact', 'Impacto', 'Impacto'), 2),
      criterion('scope', four('Scope', 'Portée', 'Alcance', 'Alcance'), 1),
      criterion(
        'government',
        four(
          'Local government and its departments',
          'Gouvernement local et ses services',
          'Gobierno local y sus áreas',
          'Governo local e os seus serviços',
        ),
        1,
      ),
      criterion(
        'society',
        four(
          'Civil society and business',
          'Société civile et entreprises',
          'Sociedad civil y empresas',
          'Sociedade civil e empresas',
        ),
        1,
      ),
      criterion(
        'innovation',
        four(
          'Innovation, consolidation, transferability',
          'Innovation, consolidation, transférabilité',
          'Innovación, consolidación, transferibilidad',
          'Inovação, consolidação, transferibilidade',
        ),
        1,
      ),
    ],
    maxEntries: 2,
    rules: [
      { kind: 'member' },
      { kind: 'fee', year: year - 1 },
      { kind: 'not-jury' },
      { kind: 'not-host' },
      { kind: 'not-laureate' },
      { kind: 'started-before', item: 'started', date: `${year - 3}-06-01` },
    ],
  };
}
