import { type Definition, parseDefinition } from '../../server/forms/definition.ts';

/** The worked example of the design: a congress evaluation. */
export const CONGRESS_EVALUATION = {
  $schema: 'https://example.org/form-definition/1.json',
  key: 'congress-evaluation',
  version: 3,
  kind: 'questionnaire',
  languages: ['en', 'fr'],
  defaultLanguage: 'en',
  title: { en: 'Congress evaluation', fr: 'Évaluation du congrès' },
  choiceLists: {
    agree5: [
      { code: '1', score: 1, label: { en: 'Strongly disagree', fr: 'Pas du tout d’accord' } },
      { code: '2', score: 2, label: { en: 'Disagree', fr: 'Plutôt pas d’accord' } },
      { code: '3', score: 3, label: { en: 'Neutral', fr: 'Neutre' } },
      { code: '4', score: 4, label: { en: 'Agree', fr: 'Plutôt d’accord' } },
      { code: '5', score: 5, label: { en: 'Strongly agree', fr: 'Tout à fait d’accord' } },
      { code: 'na', score: null, label: { en: 'Not applicable', fr: 'Sans objet' } },
    ],
  },
  pages: [
    {
      key: 'visit',
      title: { en: 'Your visit', fr: 'Votre participation' },
      items: [
        {
          key: 'mode',
          type: 'choice',
          required: true,
          segment: true,
          label: { en: 'How did you take part?', fr: 'Comment avez-vous participé ?' },
          choices: [
            { code: 'onsite', label: { en: 'On site', fr: 'Sur place' } },
            { code: 'online', label: { en: 'Online', fr: 'En ligne' } },
          ],
        },
        {
          key: 'venue',
          type: 'matrix',
          required: true,
          choiceList: 'agree5',
          visibleWhen: { all: [{ item: 'mode', op: 'eq', value: 'onsite' }] },
          label: { en: 'The venue', fr: 'Le lieu' },
          rows: [
            { key: 'access', concept: 'venue.accessible', label: { en: 'was accessible', fr: 'était accessible' } },
            { key: 'transport', label: { en: 'was easy to reach', fr: 'était facile à rejoindre' } },
          ],
        },
        {
          key: 'nps',
          type: 'scale',
          min: 0,
          max: 10,
          required: true,
          concept: 'nps',
          label: { en: 'Would you recommend the congress to a colleague?', fr: 'Recommanderiez-vous le congrès à un collègue ?' },
          minLabel: { en: 'Not at all', fr: 'Pas du tout' },
          maxLabel: { en: 'Absolutely', fr: 'Tout à fait' },
        },
        {
          key: 'why',
          type: 'longText',
          maxWords: 150,
          visibleWhen: { all: [{ item: 'nps', op: 'lte', value: 6 }] },
          label: { en: 'What should we improve?', fr: 'Que devrions-nous améliorer ?' },
        },
      ],
    },
  ],
};

const en = (text: string) => ({ en: text });
const abc = ['a', 'b', 'c'].map((code) => ({ code, label: en(`Option ${code}`), exclusive: code === 'c' || undefined }));

/** A registration form with every type of item. */
export const EVERYTHING: Definition = parseDefinition({
  key: 'everything',
  kind: 'registration',
  languages: ['en', 'ca'],
  defaultLanguage: 'en',
  title: { en: 'Everything', ca: 'Tot' },
  pages: [
    {
      key: 'first',
      title: en('You'),
      intro: en('About you'),
      items: [
        { key: 'badge', type: 'shortText', label: en('Name on the badge'), required: true, maxChars: 20 },
        { key: 'about', type: 'longText', label: { ca: 'Sobre vós' }, maxWords: 5 },
        { key: 'nights', type: 'number', label: en('Nights'), min: 0, max: 9, integer: true, unit: en('nights') },
        { key: 'arrival', type: 'date', label: en('Arrival'), min: '2026-05-01', max: '2026-05-31' },
        { key: 'assistant', type: 'email', label: en('Assistant’s address') },
        { key: 'site', type: 'url', label: en('Web site') },
        { key: 'passport', type: 'country', label: en('Passport of') },
        { key: 'diet', type: 'choice', label: en('Diet'), choices: abc, required: true },
        {
          key: 'dietWords',
          type: 'shortText',
          label: en('Which?'),
          visibleWhen: { item: 'diet', op: 'eq', value: 'b' },
          required: true,
        },
        { key: 'themes', type: 'multiChoice', label: en('Themes'), choices: abc, min: 1, max: 2 },
        { key: 'hope', type: 'scale', label: en('Hope'), min: 1, max: 5, minLabel: en('None'), maxLabel: en('Much') },
        {
          key: 'grid',
          type: 'matrix',
          label: en('Grid'),
          choices: abc,
          rows: [
            { key: 'one', label: en('One') },
            { key: 'two', label: en('Two') },
          ],
        },
        { key: 'order', type: 'ranking', label: en('Order'), choices: abc },
        { key: 'cv', type: 'file', label: en('Curriculum'), accept: ['pdf'] },
        { key: 'agree', type: 'consent', label: en('I agree'), required: true },
        { key: 'hello', type: 'note', label: en('Hello & welcome <b>') },
        {
          key: 'companions',
          type: 'repeat',
          label: en('Companions'),
          itemLabel: en('Companion'),
          max: 3,
          visibleWhen: { any: [{ item: 'nights', op: 'gte', value: 2 }, { not: { item: 'agree', op: 'answered' } }] },
          items: [
            { key: 'companionName', type: 'shortText', label: en('Name'), required: true },
            { key: 'child', type: 'choice', label: en('Child?'), choices: abc },
            { key: 'age', type: 'number', label: en('Age'), visibleWhen: { item: 'child', op: 'eq', value: 'a' } },
          ],
        },
      ],
    },
    { key: 'city', per: 'delegation', items: [{ key: 'stand', type: 'choice', label: en('A stand?'), choices: abc }] },
  ],
});
