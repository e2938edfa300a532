import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { email, id, line, optional, whole } from '../fields.ts';
import { parseBody } from '../forms/evaluation.ts';
import { own } from '../forms/own.ts';
import { withRepetition } from '../forms/repetition.ts';
import { readForm, sendFile } from '../forms/uploads.ts';
import { orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, sendPage } from '../http/pages.tsx';
import { fieldErrors, problemOf } from '../http/problems.ts';
import { fileOf, questionsOf, underVersion } from './answers.ts';
import { changeDelegation } from './delegation-change.ts';
import {
  DraftContent,
  type DraftPerson,
  delegationIn,
  draftResult,
  isComplete,
  keepDraft,
  submitDraft,
} from './delegation-draft.ts';
import {
  type DelegationDoor,
  delegationDoor,
  draftAt,
  drawDelegation,
  drawDelegationAnswers,
  drawDetails,
  drawPeople,
  drawResult,
  drawReview,
  whose,
} from './delegation-page.tsx';
import { delegationMembers, delegationOf } from './delegation-queries.ts';
import { DelegationChange } from './input.ts';

const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
const BASE = '/events/:slug/delegations/:organisation';
const MOST_ROWS = 50;

/** A delegation step by step (who, what of each, look at it, submit), and what has become of it. */
export function delegationRoutes(app: FastifyInstance): void {
  const { db, clock, storage } = app.system;

  app.get(BASE, person, async (request, reply) => {
    const door = await delegationDoor(request);
    const people = await delegationMembers(db, door.event.eventId, door.organisation.id);
    if (people.length === 0 && !door.closed) return goOn(reply, `${door.base}/people`);
    return sendPage(reply, await drawDelegation(request, door));
  });

  app.get(`${BASE}/people`, person, async (request, reply) => {
    const door = await delegationDoor(request);
    if (door.closed) return goOn(reply, door.base);
    const { content } = await draftAt(request, door);
    return sendPage(reply, await drawPeople(request, door, content));
  });

  app.post(`${BASE}/people`, person, async (request, reply) => {
    const door = await delegationDoor(request);
    const { content } = await draftAt(request, door);
    const body = posted(request);
    const people = chosen(body, content);
    const next = { ...content, people, head: content.head !== null && content.head < people.length ? content.head : null };
    await keepDraft(db, whose(door), next, clock());
    const rows = Math.min(MOST_ROWS, Number(own(body, '_rows') ?? 1) || 1);
    if (own(body, '_more') !== undefined) return sendPage(reply, await drawPeople(request, door, next, { rows: rows + 1 }));
    const errors = peopleErrors(people);
    if (errors.length > 0) {
      const said = fieldErrors(new Invalid(errors), request.language);
      return sendPage(reply, await drawPeople(request, door, next, { errors: said, rows }), 422);
    }
    return goOn(reply, `${door.base}/details`);
  });

  app.get(`${BASE}/details`, person, async (request, reply) => {
    const door = await delegationDoor(request);
    const draft = await draftAt(request, door);
    if (draft.content.people.length === 0) return goOn(reply, `${door.base}/people`);
    return sendPage(reply, await drawDetails(request, door, draft));
  });

  app.post(`${BASE}/details`, person, async (request, reply) => {
    const door = await delegationDoor(request);
    const { content, asks } = await draftAt(request, door);
    if (content.people.length === 0) return goOn(reply, `${door.base}/people`);
    const definition = questionsOf(asks);
    const { body, problems } = definition ? await readForm(request, definition) : { body: request.body, problems: [] };
    const { next, repeated } = detailed(body, content, asks.formVersionId, definition);
    await keepDraft(db, whose(door), next, clock());
    if (repeated) return sendPage(reply, await drawDetails(request, door, { content: next, asks }));
    try {
      if (problems.length > 0) throw new Invalid(problems);
      delegationIn(asks, next);
      return await goOn(reply, `${door.base}/review`);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const said = fieldErrors(error, request.language);
      return sendPage(reply, await drawDetails(request, door, { content: next, asks }, said), 422);
    }
  });

  app.get(`${BASE}/review`, person, async (request, reply) => {
    const door = await delegationDoor(request);
    const { id: draftId, content, asks } = await draftAt(request, door);
    if (!draftId || content.people.length === 0) return goOn(reply, door.base);
    // Somebody came here without the second step.
    if (!isComplete(asks, content)) return goOn(reply, `${door.base}/details`);
    return sendPage(reply, await drawReview(request, door, { id: draftId, content }));
  });

  app.post(`${BASE}/review`, person, async (request, reply) => {
    const door = await delegationDoor(request);
    const { draft: draftId, total } = parse(z.object({ draft: id, total: optional(whole(0, 2_000_000_000)) }), request.body);
    const { asks } = await draftAt(request, door);
    try {
      await submitDraft(db, door.viewer, { ...asks, ...within(door) }, draftId, clock(), total);
      return await goOn(reply, `${door.base}/results/${draftId}`);
    } catch (error) {
      return refused(request, reply, door, draftId, error);
    }
  });

  async function refused(request: FastifyRequest, reply: FastifyReply, door: DelegationDoor, draftId: string, error: unknown) {
    const draft = await draftAt(request, door);
    if (error instanceof Invalid)
      return sendPage(reply, await drawDetails(request, door, draft, fieldErrors(error, request.language)), 422);
    if (!(error instanceof Refused)) throw error;
    const said = [{ path: '', message: problemOf(error, request.language)?.detail ?? error.code }];
    return sendPage(reply, await drawReview(request, door, { id: draftId, content: draft.content }, said), 409);
  }

  app.get(`${BASE}/results/:draft`, person, async (request, reply) => {
    const door = await delegationDoor(request);
    const { draft } = parse(z.object({ draft: id }), request.params);
    await draftResult(db, draft, whose(door));
    return sendPage(reply, await drawResult(request, door, draft));
  });

  app.get(`${BASE}/answers`, person, async (request, reply) => {
    const door = await delegationDoor(request);
    return sendPage(reply, await drawDelegationAnswers(request, door));
  });

  app.post(`${BASE}/answers`, person, async (request, reply) => {
    const door = await delegationDoor(request);
    const asks = await underVersion(db, door.event, parse(z.object({ version: optional(id) }), request.query).version);
    const definition = questionsOf(asks);
    const { body, problems } = definition ? await readForm(request, definition) : { body: request.body, problems: [] };
    const answers = definition ? parseBody(definition, body, 'answers') : {};
    const head = own(body, 'headPersonId');
    const typed = { answers, headPersonId: typeof head === 'string' ? head : '' };
    const more = withRepetition(body, answers, 'answers');
    if (more) return sendPage(reply, await drawDelegationAnswers(request, door, { ...typed, answers: more }));
    return orAgain(
      request,
      async () => {
        if (problems.length > 0) throw new Invalid(problems);
        const change = parse(DelegationChange, { ...typed, formVersionId: asks.formVersionId ?? undefined });
        await changeDelegation(db, door.viewer, door.event, definition ? change : { headPersonId: change.headPersonId }, clock());
        return goOn(reply, door.base, 'saved');
      },
      async (errors, status) => sendPage(reply, await drawDelegationAnswers(request, door, { ...typed, errors }), status),
    );
  });

  app.get(`${BASE}/files/:file`, person, async (request, reply) => {
    const door = await delegationDoor(request);
    const delegation = await delegationOf(db, door.event.eventId, door.organisation.id);
    const wanted = parse(z.object({ file: id }), request.params).file;
    const file = delegation && (await fileOf(db, { kind: 'delegation', id: delegation.id }, wanted));
    if (!file) throw new NotFound();
    return sendFile(reply, storage, file);
  });
}

// What the version of the form asks, with the organisation for which it is asked.
const within = ({ organisation }: DelegationDoor) => ({ organisation });

/** The people of a post: those ticked and those typed, each with what was said of them before. */
function chosen(body: Record<string, unknown>, before: DraftContent): DraftPerson[] {
  // What is no id is nobody's: it is left out, and what was typed beside it stays.
  const ticked = [own(body, 'personIds') ?? []]
    .flat()
    .flatMap((one) => id.safeParse(one).data ?? [])
    .slice(0, 200);
  const typed = DraftContent.parse({ people: rowsOf(own(body, 'people')) }).people.filter(
    ({ name, email: address }) => name.trim() !== '' || address.trim() !== '',
  );
  const known = before.people.filter(({ personId }) => personId !== undefined);
  const fresh = before.people.filter(({ personId }) => personId === undefined);
  const blank = { name: '', email: '', language: '', category: '', answers: {} };
  return [
    ...ticked.map((personId) => known.find((one) => one.personId === personId) ?? { ...blank, personId }),
    ...typed.map((one, at) => ({ ...(fresh[at] ?? blank), name: one.name, email: one.email, language: one.language })),
  ].slice(0, 200);
}

function peopleErrors(people: DraftPerson[]) {
  if (people.length === 0) return [{ path: 'personIds', code: 'nobodyChosen' }];
  const typed = people.filter(({ personId }) => personId === undefined);
  return typed.flatMap(({ name, email: address }, at) => [
    ...(line().safeParse(name).success ? [] : [{ path: `people.${at}.name`, code: 'required' }]),
    ...(address.trim() === '' || email.safeParse(address).success ? [] : [{ path: `people.${at}.email`, code: 'email' }]),
  ]);
}

/** What the second step brings: category and answers of each, and those of the delegation. */
function detailed(
  body: unknown,
  content: DraftContent,
  formVersionId: string | null,
  definition: ReturnType<typeof questionsOf>,
): { next: DraftContent; repeated: boolean } {
  let repeated = false;
  const answersAt = (prefix: string) => {
    if (!definition) return {};
    const answers = parseBody(definition, body, prefix);
    const more = withRepetition(body, answers, prefix);
    if (more) repeated = true;
    return more ?? answers;
  };
  const rows = rowsOf(own(body, 'people'));
  const people = content.people.map((one, at) => ({
    ...one,
    category: String(own(rows[at], 'category') ?? one.category).slice(0, 40),
    answers: answersAt(`people.${at}.answers`),
  }));
  const head = own(body, 'head');
  return {
    next: DraftContent.parse({
      people,
      head: typeof head === 'string' && /^\d{1,3}$/.test(head) && Number(head) < people.length ? Number(head) : null,
      mode: own(body, 'mode'),
      answers: answersAt('answers'),
      formVersionId,
    }),
    repeated,
  };
}

// Form posts number the people; a parser may have made them a list or a map.
function rowsOf(given: unknown): unknown[] {
  if (Array.isArray(given)) return given.slice(0, 200);
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given)
    .filter(([index]) => /^\d{1,3}$/.test(index))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, row]) => row)
    .slice(0, 200);
}
