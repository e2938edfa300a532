import { describe, expect, it } from 'vitest';
import { formDetail } from '../../server/forms/queries.ts';
import { testApp } from '../support/app.ts';
import { CONGRESS_EVALUATION } from './example.ts';

const { app, db, get, post, send, signedIn, bearer } = await testApp();

async function person(name: string, role?: 'secretariat' | 'organiser', scopeId: string | null = null): Promise<string> {
  const { id } = await db
    .insertInto('people')
    .values({ name, language: 'en', zone: 'Europe/Madrid' })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (role) await db.insertInto('roles').values({ person_id: id, role, scope_id: scopeId }).execute();
  return id;
}
const secretary = await person('Sara', 'secretariat');
const as = await signedIn(secretary);
const organiser = await signedIn(await person('Oriol', 'organiser', '00000000-0000-7000-8000-00000000000a'));
const nobody = await signedIn(await person('Nil'));

async function newForm(headers = as): Promise<string> {
  const answer = await post(
    '/back-office/forms',
    { title: 'Registration', kind: 'registration', languages: 'en, fr', defaultLanguage: 'en' },
    headers,
  );
  expect(answer.statusCode, answer.body).toBe(303);
  return /forms\/([0-9a-f-]{36})/.exec(answer.headers.location ?? '')?.[1] ?? '';
}
const draftOf = async (id: string) => {
  const form = await formDetail(db, id);
  return { seen: String(form.draftNumber), draft: form.draft as typeof CONGRESS_EVALUATION };
};
async function change(id: string, path: string, form: Record<string, string | string[]>, status = 303) {
  const answer = await post(`/back-office/forms/${id}${path}`, { seen: (await draftOf(id)).seen, ...form }, as);
  expect(answer.statusCode, answer.body).toBe(status);
  return answer;
}

describe('the editor of forms', () => {
  it('makes a form question by question, without JavaScript, and puts it into use', async () => {
    const id = await newForm();
    const added = await change(id, '/pages/page1/items', { type: 'choice', label: 'Do you eat meat?' });
    expect(added.headers.location).toContain('/items/doYouEatMeat');
    await change(id, '/items/doYouEatMeat', {
      key: 'diet',
      label: 'Do you eat meat?',
      required: 'on',
      choices: 'yes = Yes\nNo, never | exclusive',
    });
    await change(id, '/pages/page1/items', { type: 'shortText', label: 'Which diet?' });
    await change(id, '/items/whichDiet', {
      key: 'which',
      label: 'Which diet?',
      'conditions[0][item]': 'diet',
      'conditions[0][op]': 'eq',
      'conditions[0][value]': 'no-never',
    });
    const { draft } = await draftOf(id);
    expect(draft.pages[0]?.items).toMatchObject([
      { key: 'diet', required: true, choices: [{ code: 'yes' }, { code: 'no-never', exclusive: true }] },
      { key: 'which', visibleWhen: { all: [{ item: 'diet', op: 'eq', value: 'no-never' }] } },
    ]);
    expect((await get(`/back-office/forms/${id}`, as)).body).toContain('Only if “Do you eat meat?” is “No, never”');
    expect((await get(`/back-office/forms/${id}/items/which`, as)).statusCode).toBe(200);

    const incomplete = await change(id, '/versions', {}, 409);
    expect(incomplete.body).toContain('fr');
    await change(id, '/translations', {
      language: 'fr',
      'texts[title]': 'Inscription',
      'texts[pages.0.items.0.label]': 'Mangez-vous de la viande ?',
    });
    expect((await get(`/back-office/forms/${id}/translations?to=fr`, as)).body).toContain('Mangez-vous de la viande ?');
    await change(id, '/versions', { incomplete: 'on' });
    const { version } = await formDetail(db, id);
    const css = await get(`/forms/${version?.id}/conditions.css`);
    expect(css.headers['content-type']).toContain('text/css');
    expect(css.body).toContain('[value="no-never"]:checked');
    expect((await get(`/back-office/forms/${id}`, as)).body).toContain('1.0');
  });

  it('moves, removes, and finds conditions that no longer hold', async () => {
    const id = await newForm();
    for (const label of ['One', 'Two']) await change(id, '/pages/page1/items', { type: 'shortText', label });
    await change(id, '/pages', { title: 'More' });
    await change(id, '/items/two', { key: 'two', label: 'Two', 'conditions[0][item]': 'one', 'conditions[0][op]': 'answered' });
    await change(id, '/items/two/move', { direction: 'up' });
    expect((await get(`/back-office/forms/${id}`, as)).body).toContain('A condition may only ask about earlier questions');
    await change(id, '/items/one/move', { direction: 'down' });
    expect((await draftOf(id)).draft.pages.map((page) => page.items.map(({ key }) => key))).toEqual([['two'], ['one']]);
    await change(id, '/pages/page2/move', { direction: 'up' });
    await change(id, '/items/two/removal', {});
    await change(id, '/pages/page1/removal', {});
    expect((await draftOf(id)).draft.pages).toMatchObject([{ key: 'page2', items: [{ key: 'one' }] }]);
  });

  it('keeps what was typed and says what is wrong', async () => {
    const id = await newForm();
    await change(id, '/pages/page1/items', { type: 'scale', label: 'How much?' });
    const wrong = await change(id, '/items/howMuch', { key: 'Not a key', label: 'How much now?', min: 'few', max: '5' }, 422);
    expect(wrong.body).toContain('How much now?');
    expect(wrong.body).toContain('value="few"');
    expect(wrong.body).toContain('error-summary');
    const empty = await post(
      '/back-office/forms',
      { title: '', kind: 'registration', languages: 'en', defaultLanguage: 'en' },
      as,
    );
    expect(empty.statusCode).toBe(422);
    const late = await post(`/back-office/forms/${id}/pages`, { seen: '1', title: 'Late' }, as);
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('Somebody changed this form');
  });

  it('tries answers in the preview', async () => {
    const id = await newForm();
    await change(id, '/pages/page1/items', { type: 'email', label: 'Address' });
    await change(id, '/pages/page1/items', { type: 'repeat', label: 'Guests' });
    await change(id, '/pages/page1/items', { type: 'shortText', label: 'Guest name', group: 'guests' });
    expect((await get(`/back-office/forms/${id}/preview`, as)).statusCode).toBe(200);
    const phone = await get(`/back-office/forms/${id}/preview?on=phone`, as);
    expect(phone.body).toContain('class="form-on-phone"');
    expect(phone.body).toContain(`action="/back-office/forms/${id}/preview?on=phone"`);
    const wrong = await post(`/back-office/forms/${id}/preview`, { 'answers[address]': 'nothing' }, as);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="nothing"');
    const more = await post(
      `/back-office/forms/${id}/preview`,
      { 'answers[guests][0][guestName]': 'Eva', _add: 'answers.guests' },
      as,
    );
    expect(more.statusCode).toBe(200);
    expect(more.body).toContain('name="answers[guests][1][guestName]"');
    expect(more.body).toContain('value="Eva"');
  });

  it('is there for who runs the form, and for nobody else', async () => {
    const id = await newForm();
    expect((await get(`/back-office/forms/${id}`, organiser)).statusCode).toBe(404);
    expect((await get(`/back-office/forms/${id}`, nobody)).statusCode).toBe(404);
    expect((await get('/back-office/forms', nobody)).statusCode).toBe(404);
    const own = await newForm(organiser);
    expect((await get(`/back-office/forms/${own}`, organiser)).statusCode).toBe(200);
    expect((await get('/back-office/forms', organiser)).body).not.toContain(id);
  });
});

describe('forms as JSON', () => {
  it('takes the worked example and gives it back', async () => {
    const token = await bearer(secretary);
    const made = await send('POST', '/api/forms', CONGRESS_EVALUATION, token);
    expect(made.statusCode, made.body).toBe(201);
    const { id } = made.json<{ id: string }>();
    const put = await send('PUT', `/api/forms/${id}/definition`, CONGRESS_EVALUATION, token);
    expect(put.json()).toMatchObject({ version: 1, major: 1, revision: 0 });
    expect((await get(`/api/forms/${id}/definition`, token)).json()).toEqual({ ...CONGRESS_EVALUATION, version: 1 });
    expect((await get(`/api/forms/${id}/check`, token)).json()).toMatchObject({
      errors: [],
      completeness: [{ percent: 100 }, { percent: 100 }],
    });
    expect((await get('/api/forms', token)).json<{ items: unknown[] }>().items.length).toBeGreaterThan(0);
    expect((await send('PUT', `/api/forms/${id}/definition`, { ...CONGRESS_EVALUATION, pages: [] }, token)).statusCode).toBe(422);
    const schema = await get('/api/schemas/form-definition-1.json');
    expect(schema.json()).toMatchObject({ title: 'Convivium form definition 1', type: 'object' });
  });

  it('takes a file for an answer, and says why not', async () => {
    const token = await bearer(secretary);
    const definition = {
      key: 'cv',
      kind: 'application',
      languages: ['en'],
      defaultLanguage: 'en',
      title: { en: 'CV' },
      pages: [{ key: 'p', items: [{ key: 'cv', type: 'file', label: { en: 'CV' }, accept: ['pdf'], maxBytes: 2000 }] }],
    };
    const { id } = (await send('POST', '/api/forms', definition, token)).json<{ id: string }>();
    const version = (await send('PUT', `/api/forms/${id}/definition`, definition, token)).json<{ id: string }>();
    const upload = (content: string) =>
      app.inject({
        method: 'POST',
        url: `/api/form-versions/${version.id}/files/cv`,
        headers: { ...token, 'content-type': 'multipart/form-data; boundary=x' },
        payload: `--x\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n${content}\r\n--x--\r\n`,
      });
    expect((await upload('%PDF-1.7 fine')).statusCode).toBe(201);
    const large = await upload(`%PDF-1.7 ${'x'.repeat(3000)}`);
    expect(large.statusCode).toBe(413);
    expect(large.json()).toMatchObject({ code: 'file-size', detail: expect.stringContaining('2 kB') });
    const wrong = await upload('GIF89a');
    expect(wrong.statusCode).toBe(415);
    expect(wrong.json()).toMatchObject({ detail: 'This kind of file is not accepted here. Accepted: PDF.' });
  });
});
