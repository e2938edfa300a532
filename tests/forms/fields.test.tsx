import { HtmlValidate } from 'html-validate';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { type Definition, parseDefinition } from '../../server/forms/definition.ts';
import { FormFields } from '../../web/forms/form-fields.tsx';
import { LANGUAGES } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { CONGRESS_EVALUATION, EVERYTHING } from './example.ts';

const draw = (definition: Definition, answers: unknown, more: Partial<Parameters<typeof FormFields>[0]> = {}) => {
  const language = more.languages?.[0] === 'fr' ? 'fr' : 'en';
  const ctx = { t: translator(language), language } as const;
  return renderToString(
    <FormFields ctx={ctx} definition={definition} answers={answers} namePrefix="people[0][answers]" {...more} />,
  );
};
const example = parseDefinition(CONGRESS_EVALUATION);
const html = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'attribute-boolean-style': 'off',
    'no-implicit-input-type': 'off',
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'doctype-style': 'off',
    'form-dup-name': 'off',
  },
});

describe('the fields of a form', () => {
  it('are valid HTML in which every control has a name that can be heard', async () => {
    const hostile = {
      companions: [{ child: 'a' }, 7, null],
      badge: { evil: 1 },
      themes: 'a',
      grid: 'x',
      nights: 3,
      cv: ['5f0c7f3e-8d4e-4a9b-9a55-000000000001'],
    };
    for (const answers of [{}, hostile, null, 'nonsense']) {
      const page = `<!doctype html><html lang="en"><head><title>Form</title></head><body><main><h1>Form</h1><form method="post">${draw(EVERYTHING, answers)}<button type="submit">Send</button></form></main></body></html>`;
      const report = await html.validateString(page);
      expect(report.results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))).toEqual(
        [],
      );
    }
  });

  it('escape what organisers and readers write', () => {
    const page = draw(EVERYTHING, { badge: '"><script>alert(1)</script>' });
    expect(page).not.toContain('<script');
    expect(page).toContain('Hello &amp; welcome &lt;b>');
  });

  it('lead from an error to its field', () => {
    const errors = [
      { path: 'people.0.answers.badge', message: 'Please fill this in' },
      { path: 'people.0.answers.grid.two', message: 'Please choose' },
      { path: 'people.1.answers.site', message: 'of somebody else' },
    ];
    const page = draw(EVERYTHING, {}, { errors });
    expect(page).toMatch(
      /id="f-people-0-answers-badge"[^>]*aria-describedby="f-people-0-answers-badge-error"[^>]*aria-invalid="true"/,
    );
    expect(page).toContain('id="f-people-0-answers-grid-two-error"');
    expect(page).toContain('id="f-people-0-answers-grid-two"');
    expect(page).not.toContain('of somebody else');
  });

  it('draw a matrix as one fieldset a row', () => {
    const page = draw(example, {}, { namePrefix: 'answers' });
    expect(page).not.toContain('<table');
    expect(page.match(/data-row="/g)).toHaveLength(2);
    expect(page).toContain('name="answers[venue][access]"');
  });

  it('show conditions in words, and leave out what other pages have settled', () => {
    expect(draw(example, {})).toContain('Only if “How did you take part?” is “On site”');
    const twoPages = parseDefinition({
      ...CONGRESS_EVALUATION,
      pages: [
        { key: 'one', items: CONGRESS_EVALUATION.pages[0]?.items.slice(0, 1) },
        { key: 'two', items: CONGRESS_EVALUATION.pages[0]?.items.slice(1) },
      ],
    });
    expect(draw(twoPages, { mode: 'online' }, { page: 'two' })).not.toContain('data-item="venue"');
    const onsite = draw(twoPages, { mode: 'onsite' }, { page: 'two' });
    expect(onsite).toContain('data-item="venue"');
    expect(onsite).not.toContain('Only if “How did you take part?”');
  });

  it('show the text of another language when theirs is missing, and say which', () => {
    expect(draw(EVERYTHING, {}, { per: 'person' })).toContain('<span lang="ca">Sobre vós</span>');
    expect(draw(example, {}, { languages: ['fr'] })).toContain('Comment avez-vous participé');
  });

  it('ask of the delegation only what is the delegation’s', () => {
    const page = draw(EVERYTHING, {}, { per: 'delegation' });
    expect(page).toContain('data-item="stand"');
    expect(page).not.toContain('data-item="badge"');
  });

  it('are drawn in every language of the interface', () => {
    for (const language of LANGUAGES) {
      const ctx = { t: translator(language), language };
      expect(renderToString(<FormFields ctx={ctx} definition={EVERYTHING} answers={{}} namePrefix="a" />)).not.toMatch(
        /forms\.(field|condition|file)\./,
      );
    }
  });
});
