import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { minorDigits } from '../../web/locales/format.ts';
import { OfficeRegistrationPage } from '../../web/registrations/office-registration-page.tsx';
import { answersOf } from '../calendars/queries.ts';
import { NotFound } from '../errors.ts';
import { managedOrMoved } from '../events/found.ts';
import type { EventDetails } from '../events/queries.ts';
import { decimal, id, localDate, optionalLine } from '../fields.ts';
import { fileIdsIn } from '../forms/uploads.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { fileNames, questionsOf, underVersion } from './answers.ts';
import { affects } from './bulk-rules.ts';
import { eventContextById } from './context.ts';
import { BULK_ACTIONS } from './input.ts';
import { lettersAbout, paymentsOf } from './office-queries.ts';
import { office } from './office-routes.tsx';
import { recordPayment, removePayment } from './payments.ts';
import { history, registration } from './queries.ts';
import { possible } from './rules.ts';

type ByOne = { Params: { slug: string; id: string } };

const PaymentForm = z.object({
  amount: decimal(-1_000_000, 1_000_000).refine((amount) => amount !== 0, { params: { code: 'required' } }),
  receivedOn: localDate,
  note: optionalLine(200),
});

/** One registration, for whoever runs its event: all about it, and its payments. */
export function officeRegistrationPages(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get<ByOne>('/back-office/events/:slug/registrations/:id', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, `/registrations/${request.params.id}`);
    return event ? show(request, reply, event) : reply;
  });

  async function show(request: FastifyRequest, reply: FastifyReply, event: EventDetails, errors: FormError[] = [], status = 200) {
    const found = await registration(db, parse(id, (request.params as { id: string }).id));
    if (!found || found.event.id !== event.id) throw new NotFound();
    const context = await underVersion(db, await eventContextById(db, event.id), found.formVersionId);
    const definition = questionsOf(context);
    const [payments, letters, past, calendarAnswers, files] = await Promise.all([
      paymentsOf(db, found.id),
      lettersAbout(db, found.person.id, found.id),
      history(db, found.id),
      answersOf(db, [found.id]),
      definition ? fileNames(db, fileIdsIn(definition, found.answers), { ownerId: found.id, uploadedBy: null }) : [],
    ]);
    const data = {
      event,
      registration: found,
      definition,
      files,
      payments,
      letters,
      calendarAnswer: calendarAnswers.get(found.id),
      history: past.map((line) => ({ ...line, id: String(line.id) })),
      actions: BULK_ACTIONS.filter((action) => affects(action, found)),
      alive: possible(found.state).change,
      typed: posted(request) as Record<string, string | undefined>,
      errors,
    };
    return sendPage(reply, <OfficeRegistrationPage ctx={pageContext(request)} {...data} />, status);
  }

  app.post<ByOne>('/back-office/events/:slug/registrations/:id/payments', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    return orAgain(
      request,
      async () => {
        const registrationId = await ofEvent(event, request.params.id);
        const { amount, ...payment } = parse(PaymentForm, request.body);
        await recordPayment(db, signedIn(request), registrationId, {
          ...payment,
          amount: Math.round(amount * 10 ** minorDigits(event.currency)),
        });
        return goOn(reply, `/back-office/events/${event.slug}/registrations/${registrationId}`, 'paymentNoted');
      },
      (errors, status) => show(request, reply, event, errors, status),
    );
  });

  app.post<{ Params: { slug: string; id: string; payment: string } }>(
    '/back-office/events/:slug/registrations/:id/payments/:payment/removal',
    office,
    async (request, reply) => {
      const event = await managedOrMoved(request, reply);
      if (!event) return reply;
      const registrationId = await ofEvent(event, request.params.id);
      await removePayment(db, signedIn(request), registrationId, parse(id, request.params.payment), clock());
      return goOn(reply, `/back-office/events/${event.slug}/registrations/${registrationId}`, 'paymentRemoved');
    },
  );

  async function ofEvent(event: EventDetails, text: string): Promise<string> {
    const found = await registration(db, parse(id, text));
    if (!found || found.event.id !== event.id) throw new NotFound();
    return found.id;
  }
}
