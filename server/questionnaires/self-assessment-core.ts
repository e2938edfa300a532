import type { Definition } from '../forms/definition.ts';
import { CORE } from './core.ts';

const row = (key: string, en: string, fr: string, es: string, pt: string) => ({
  key,
  concept: `self.${key}`,
  label: { en, fr, es, pt },
});

/** What a city asks itself every year: the same indicators, so that its years and its place among others can be seen. */
export const SELF_ASSESSMENT: Definition = {
  key: 'self-assessment',
  kind: 'selfAssessment',
  languages: ['en', 'fr', 'es', 'pt'],
  defaultLanguage: 'en',
  title: {
    en: 'Self-assessment of an educating city',
    fr: 'Auto-évaluation d’une ville éducatrice',
    es: 'Autoevaluación de una ciudad educadora',
    pt: 'Autoavaliação de uma cidade educadora',
  },
  choiceLists: { agree5: CORE.choiceLists?.agree5 ?? [] },
  pages: [
    {
      key: 'indicators',
      items: [
        {
          key: 'city',
          type: 'matrix',
          required: true,
          choiceList: 'agree5',
          label: { en: 'In our city …', fr: 'Dans notre ville…', es: 'En nuestra ciudad…', pt: 'Na nossa cidade…' },
          rows: [
            row(
              'departments',
              'several departments work on education together',
              'plusieurs services travaillent ensemble à l’éducation',
              'varias áreas trabajan juntas en educación',
              'vários serviços trabalham juntos na educação',
            ),
            row(
              'participation',
              'children and young people take part in decisions',
              'enfants et jeunes participent aux décisions',
              'la infancia y la juventud participan en las decisiones',
              'crianças e jovens participam nas decisões',
            ),
            row(
              'lifelong',
              'people of every age find something to learn',
              'on trouve à apprendre à tout âge',
              'se encuentra qué aprender a cualquier edad',
              'encontra-se o que aprender em qualquer idade',
            ),
            row(
              'inclusion',
              'nobody is left out for lack of means',
              'personne n’est laissé de côté faute de moyens',
              'nadie queda fuera por falta de medios',
              'ninguém fica de fora por falta de meios',
            ),
            row(
              'evaluation',
              'what is done is evaluated',
              'ce qui est fait est évalué',
              'lo que se hace se evalúa',
              'o que se faz é avaliado',
            ),
          ],
        },
      ],
    },
  ],
};
