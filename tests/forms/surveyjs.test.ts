import { describe, expect, it } from 'vitest';
import { fromSurveyJs } from '../../server/forms/surveyjs.ts';

const SURVEY = {
  title: { default: 'After the meeting', fr: 'Après la rencontre' },
  pages: [
    {
      name: 'one',
      elements: [
        { type: 'rating', name: 'nps', title: 'Recommend?', rateMin: 0, rateMax: 10, isRequired: true },
        { type: 'comment', name: 'why', title: 'Why?', visibleIf: '{nps} <= 6' },
        {
          type: 'panel',
          name: 'box',
          elements: [
            {
              type: 'radiogroup',
              name: 'How did you come?',
              choices: ['train', { value: 'On foot', text: { default: 'On foot', fr: 'À pied' } }],
            },
          ],
        },
        { type: 'matrix', name: 'venue', columns: ['1', '2'], rows: [{ value: 'access', text: 'was accessible' }] },
        { type: 'signaturepad', name: 'sign' },
        {
          type: 'text',
          name: 'age',
          inputType: 'number',
          validators: [{ type: 'numeric' }],
          visibleIf: 'iif({nps} > 3, true, false)',
        },
      ],
    },
  ],
};

describe('a survey of SurveyJS', () => {
  it('becomes a definition, and what was not understood is told', () => {
    const { definition, notUnderstood } = fromSurveyJs(SURVEY, 'questionnaire');
    expect(definition.languages).toEqual(['en', 'fr']);
    expect(definition.pages[0]?.items).toEqual([
      { key: 'nps', type: 'scale', min: 0, max: 10, required: true, label: { en: 'Recommend?' } },
      { key: 'why', type: 'longText', label: { en: 'Why?' }, visibleWhen: { all: [{ item: 'nps', op: 'lte', value: 6 }] } },
      {
        key: 'how-did-you-come-',
        type: 'choice',
        label: { en: 'How did you come?' },
        choices: [
          { code: 'train', label: { en: 'train' } },
          { code: 'On-foot', label: { en: 'On foot', fr: 'À pied' } },
        ],
      },
      {
        key: 'venue',
        type: 'matrix',
        label: { en: 'venue' },
        choices: [
          { code: '1', label: { en: '1' } },
          { code: '2', label: { en: '2' } },
        ],
        rows: [{ key: 'row-access', label: { en: 'was accessible' } }],
      },
      { key: 'age', type: 'number', label: { en: 'age' } },
    ]);
    expect(notUnderstood).toEqual([
      { at: 'sign', what: 'type signaturepad' },
      { at: 'age.validators', what: 'property' },
      { at: 'age.visibleIf', what: 'iif({nps} > 3, true, false)' },
    ]);
  });

  it('is refused where it is none, whatever it is', () => {
    for (const wrong of [null, 5, 'survey', [], { pages: 'x' }, { pages: [{ elements: [null, 5, { type: 'text' }] }] }])
      try {
        fromSurveyJs(wrong, 'questionnaire');
      } catch (error) {
        expect((error as Error).constructor.name).toBe('Invalid');
      }
  });
});
