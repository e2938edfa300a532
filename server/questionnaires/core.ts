import type { Definition } from '../forms/definition.ts';

// What every evaluation of the network asks, edition after edition: the concepts are what is compared, so they never change.

const choice = (code: string, en: string, fr: string, es: string, pt: string, score?: number | null) => ({
  code,
  label: { en, fr, es, pt },
  ...(score === undefined ? {} : { score }),
});

const row = (key: string, concept: string, en: string, fr: string, es: string, pt: string) => ({
  key,
  concept,
  label: { en, fr, es, pt },
});

/** The core questionnaire, in the four languages of the interface. */
export const CORE: Definition = {
  key: 'core-evaluation',
  kind: 'questionnaire',
  languages: ['en', 'fr', 'es', 'pt'],
  defaultLanguage: 'en',
  title: {
    en: 'How was it?',
    fr: 'Qu’en avez-vous pensé ?',
    es: '¿Qué le ha parecido?',
    pt: 'O que achou?',
  },
  choiceLists: {
    agree5: [
      choice('1', 'Strongly disagree', 'Pas du tout d’accord', 'Muy en desacuerdo', 'Discordo totalmente', 1),
      choice('2', 'Disagree', 'Plutôt pas d’accord', 'En desacuerdo', 'Discordo', 2),
      choice('3', 'Neutral', 'Neutre', 'Neutral', 'Neutro', 3),
      choice('4', 'Agree', 'Plutôt d’accord', 'De acuerdo', 'Concordo', 4),
      choice('5', 'Strongly agree', 'Tout à fait d’accord', 'Muy de acuerdo', 'Concordo totalmente', 5),
      choice('na', 'Not applicable', 'Sans objet', 'No procede', 'Não se aplica', null),
    ],
  },
  pages: [
    {
      key: 'overall',
      title: { en: 'In short', fr: 'En bref', es: 'En resumen', pt: 'Em resumo' },
      items: [
        {
          key: 'nps',
          type: 'scale',
          min: 0,
          max: 10,
          required: true,
          concept: 'nps',
          label: {
            en: 'Would you recommend this meeting to a colleague?',
            fr: 'Recommanderiez-vous cette rencontre à un ou une collègue ?',
            es: '¿Recomendaría este encuentro a un o una colega?',
            pt: 'Recomendaria este encontro a um ou uma colega?',
          },
          minLabel: { en: 'not at all', fr: 'pas du tout', es: 'en absoluto', pt: 'de modo nenhum' },
          maxLabel: { en: 'absolutely', fr: 'tout à fait', es: 'sin duda', pt: 'sem dúvida' },
        },
        {
          key: 'first',
          type: 'choice',
          segment: true,
          concept: 'first-time',
          label: {
            en: 'Was it your first meeting of the network?',
            fr: 'Était-ce votre première rencontre du réseau ?',
            es: '¿Era su primer encuentro de la red?',
            pt: 'Foi o seu primeiro encontro da rede?',
          },
          choices: [
            choice('yes', 'Yes, the first', 'Oui, la première', 'Sí, el primero', 'Sim, o primeiro'),
            choice(
              'no',
              'No, I had been before',
              'Non, j’étais déjà venu·e',
              'No, ya había participado',
              'Não, já tinha participado',
            ),
          ],
        },
      ],
    },
    {
      key: 'parts',
      title: { en: 'The parts of it', fr: 'Dans le détail', es: 'En detalle', pt: 'Em pormenor' },
      items: [
        {
          key: 'value',
          type: 'matrix',
          choiceList: 'agree5',
          label: {
            en: 'How far do you agree?',
            fr: 'Dans quelle mesure êtes-vous d’accord ?',
            es: '¿Hasta qué punto está de acuerdo?',
            pt: 'Até que ponto concorda?',
          },
          rows: [
            row(
              'useful',
              'content.useful',
              'What I learnt is useful in my city',
              'Ce que j’ai appris est utile dans ma ville',
              'Lo que aprendí es útil en mi ciudad',
              'O que aprendi é útil na minha cidade',
            ),
            row(
              'exchange',
              'exchange',
              'There was time for exchange with other cities',
              'Il y a eu du temps pour échanger avec d’autres villes',
              'Hubo tiempo para el intercambio con otras ciudades',
              'Houve tempo para trocar experiências com outras cidades',
            ),
            row(
              'organised',
              'organisation',
              'It was well organised',
              'C’était bien organisé',
              'Estuvo bien organizado',
              'Foi bem organizado',
            ),
            row(
              'accessible',
              'accessible',
              'Places and sessions were accessible to me',
              'Les lieux et les séances m’étaient accessibles',
              'Los lugares y las sesiones eran accesibles para mí',
              'Os lugares e as sessões eram acessíveis para mim',
            ),
            row(
              'language',
              'language',
              'I could follow in a language I know well',
              'J’ai pu suivre dans une langue que je maîtrise',
              'Pude seguirlo en un idioma que domino',
              'Pude acompanhar numa língua que domino',
            ),
          ],
        },
      ],
    },
    {
      key: 'words',
      title: { en: 'In your words', fr: 'Avec vos mots', es: 'Con sus palabras', pt: 'Por palavras suas' },
      items: [
        {
          key: 'best',
          type: 'longText',
          maxWords: 150,
          concept: 'best',
          label: {
            en: 'What will you take home?',
            fr: 'Que retiendrez-vous ?',
            es: '¿Qué se lleva a casa?',
            pt: 'O que leva consigo?',
          },
        },
        {
          key: 'improve',
          type: 'longText',
          maxWords: 150,
          concept: 'improve',
          label: {
            en: 'What should we do better next time?',
            fr: 'Que devrions-nous mieux faire la prochaine fois ?',
            es: '¿Qué deberíamos mejorar la próxima vez?',
            pt: 'O que devemos melhorar na próxima vez?',
          },
        },
      ],
    },
  ],
};
