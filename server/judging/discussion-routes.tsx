import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DiscussionPage } from '../../web/judging/discussion-page.tsx';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { judgedEntries } from './decisions.ts';
import { addNote, notesOf } from './deliberation.ts';
import { chairedCall } from './found.ts';
import { NoteWrite } from './input.ts';

type BySlug = { Params: { slug: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;

/** The page of what was said in the jury, for the chair and whoever runs the call. */
export function discussionRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  async function discussion(request: FastifyRequest, reply: FastifyReply, slug: string, errors: FormError[] = [], status = 200) {
    const viewer = signedIn(request);
    const call = await chairedCall(db, viewer, slug);
    const [notes, entries] = await Promise.all([notesOf(db, viewer, slug), judgedEntries(db, call.id)]);
    const data = { call, notes, entries, values: errors.length > 0 ? posted(request) : {}, errors };
    return sendPage(reply, <DiscussionPage ctx={pageContext(request)} {...data} />, status);
  }

  app.get<BySlug>('/back-office/calls/:slug/discussion', person, (request, reply) =>
    discussion(request, reply, request.params.slug),
  );
  app.post<BySlug>('/back-office/calls/:slug/discussion', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        await addNote(db, signedIn(request), request.params.slug, parse(NoteWrite, request.body), clock());
        return goOn(reply, `/back-office/calls/${request.params.slug}/discussion`, 'noteWritten');
      },
      (errors, status) => discussion(request, reply, request.params.slug, errors, status),
    ),
  );
}
