import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import qs from 'qs';
import { accountApi } from './accounts/api.ts';
import { accountRoutes } from './accounts/routes.tsx';
import { activityApi } from './activities/api.ts';
import { activityRoutes } from './activities/routes.tsx';
import { activityWritingRoutes } from './activities/writing-routes.tsx';
import { answerPages } from './calendars/answer-routes.tsx';
import { calendarApi } from './calendars/api.ts';
import { feedRoutes } from './calendars/feed-routes.tsx';
import { networkCalendarRoutes } from './calendars/network-routes.tsx';
import { calendarRoutes } from './calendars/routes.ts';
import { callApi } from './calls/api.ts';
import { bankRoutes } from './calls/bank-routes.tsx';
import { entriesApi } from './calls/entries-api.ts';
import { entryRoutes } from './calls/entry-routes.tsx';
import { callOfficeRoutes } from './calls/office-routes.tsx';
import { callRoutes } from './calls/routes.tsx';
import { screeningApi } from './calls/screening-api.ts';
import { screeningRoutes } from './calls/screening-routes.tsx';
import { writingRoutes } from './calls/writing-routes.tsx';
import { documentApi } from './documents/api.ts';
import { issuedRoutes } from './documents/issued-routes.tsx';
import { myDocumentRoutes } from './documents/my-routes.tsx';
import { documentOfficeRoutes } from './documents/office-routes.tsx';
import { documentPeopleRoutes } from './documents/people-routes.tsx';
import { programmePaperRoutes } from './documents/programme-pdf.ts';
import { verifyRoutes } from './documents/verify-routes.tsx';
import { doorApi } from './door/api.ts';
import { doorsApi } from './door/doors-api.ts';
import { doorOfficeRoutes } from './door/office-routes.tsx';
import { doorRoutes } from './door/routes.tsx';
import { eventApi } from './events/api.ts';
import { categoryRoutes } from './events/category-routes.tsx';
import { eventOfficeApi } from './events/office-api.ts';
import { officeRoutes } from './events/office-routes.tsx';
import { eventRoutes } from './events/routes.tsx';
import { sectionRoutes } from './events/section-routes.tsx';
import { stateRoutes } from './events/state-routes.tsx';
import { eventStatesApi } from './events/states-api.ts';
import { formsApi } from './forms/api.ts';
import { formImportRoutes } from './forms/import-routes.tsx';
import { formsRoutes } from './forms/routes.tsx';
import { serveAssets } from './http/assets.ts';
import { holdAudiences } from './http/audiences.ts';
import { answerErrors, answerUnreadable } from './http/errors.tsx';
import { parse } from './http/input.ts';
import { refuseForeignWrites } from './http/origin.ts';
import { pageCache } from './http/page-cache.ts';
import { knowViewers } from './http/viewer.ts';
import { judgingApi } from './judging/api.ts';
import { archiveRoutes } from './judging/archive-routes.ts';
import { deliberationApi } from './judging/deliberation-api.ts';
import { deskRoutes } from './judging/desk-routes.tsx';
import { discussionRoutes } from './judging/discussion-routes.tsx';
import { finalRoutes } from './judging/final-routes.tsx';
import { laureateRoutes } from './judging/laureate-routes.tsx';
import { letterRoutes } from './judging/letter-routes.tsx';
import { judgingRoutes } from './judging/office-routes.tsx';
import { pairRoutes } from './judging/pair-routes.tsx';
import { presentationRoutes } from './judging/presentation-routes.tsx';
import { mailingApi } from './mailings/api.ts';
import { invitationRoutes } from './mailings/invitation-routes.tsx';
import { invitationApi } from './mailings/invitations-api.ts';
import { mailingRoutes } from './mailings/routes.tsx';
import { mailingWritingRoutes } from './mailings/writing-routes.tsx';
import { operationRoutes } from './metrics.ts';
import { organisationApi } from './organisations/api.ts';
import { importRoutes } from './organisations/import-routes.tsx';
import { importApi } from './organisations/imports-api.ts';
import { networkRoutes } from './organisations/network-routes.tsx';
import { peopleApi } from './organisations/people-api.ts';
import { peopleRoutes } from './organisations/people-routes.tsx';
import { organisationRoutes } from './organisations/routes.tsx';
import { programmeApi } from './programme/api.ts';
import { assemblyApi } from './programme/assembly-api.ts';
import { assemblyRoutes } from './programme/assembly-routes.tsx';
import { programmeOfficeApi } from './programme/office-api.ts';
import { programmeOfficeRoutes } from './programme/office-routes.tsx';
import { programmeRoutes } from './programme/routes.tsx';
import { waitingApi } from './programme/waiting-api.ts';
import { answerRoutes } from './questionnaires/answer-routes.tsx';
import { questionnaireApi } from './questionnaires/api.ts';
import { comparisonRoutes } from './questionnaires/comparison-routes.tsx';
import { questionnaireExports } from './questionnaires/export-routes.ts';
import { namedAnswerRoutes } from './questionnaires/named-routes.tsx';
import { resultsRoutes } from './questionnaires/results-routes.tsx';
import { roomRoutes } from './questionnaires/room-routes.tsx';
import { questionnaireRoutes } from './questionnaires/routes.tsx';
import { selfAssessmentApi } from './questionnaires/self-assessment-api.ts';
import { selfAssessmentRoutes } from './questionnaires/self-assessment-routes.tsx';
import { questionnaireSettingsRoutes } from './questionnaires/settings-routes.tsx';
import { sharingApi } from './questionnaires/sharing-api.ts';
import { registrationApi } from './registrations/api.ts';
import { bulkRoutes } from './registrations/bulk-routes.tsx';
import { delegationApi } from './registrations/delegation-api.ts';
import { officeRegistrationApi } from './registrations/office-api.ts';
import { officeExportRoutes } from './registrations/office-exports.ts';
import { officeRegistrationPages } from './registrations/office-registration.tsx';
import { officeRegistrationRoutes } from './registrations/office-routes.tsx';
import { paymentApi } from './registrations/payment-api.ts';
import { paymentRoutes } from './registrations/payment-routes.tsx';
import { registrationRoutes } from './registrations/routes.tsx';
import { reportsApi } from './reports/api.ts';
import { reportRoutes } from './reports/routes.tsx';
import { sendApi } from './sends/api.ts';
import { sendRoutes } from './sends/routes.tsx';
import { studyVisitsApi } from './study-visits/api.ts';
import { studyVisitsOfficeApi } from './study-visits/office-api.ts';
import { studyVisitOfficeRoutes } from './study-visits/office-routes.tsx';
import { visitRequestsApi } from './study-visits/requests-api.ts';
import { visitRequestRoutes } from './study-visits/requests-routes.tsx';
import { studyVisitRoutes } from './study-visits/routes.tsx';
import type { System } from './system.ts';

/** The application: its plumbing, then each feature's pages and API. Whom a route is for stands at the route. */
export async function buildApp(system: System): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: system.log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: system.config.trustProxy,
    bodyLimit: 1_000_000,
    frameworkErrors: answerUnreadable,
    routerOptions: {
      maxParamLength: 200,
      ignoreTrailingSlash: true,
      querystringParser: (text) => qs.parse(text, { depth: 3, parameterLimit: 200 }),
    },
  });
  app.decorate('system', system);
  app.decorate('pages', pageCache(system.db, system.clock));
  await plumbing(app, system);
  holdAudiences(app);
  app.decorate('assets', await serveAssets(app));
  answerErrors(app);
  operationRoutes(app, system);
  if (system.config.development) (await import('./dev/mail-routes.tsx')).mailRoutes(app, system);

  accountRoutes(app);
  sendRoutes(app);
  accountApi(app);
  sendApi(app);
  organisationRoutes(app);
  peopleRoutes(app);
  networkRoutes(app);
  importRoutes(app);
  organisationApi(app);
  peopleApi(app);
  importApi(app);

  formsRoutes(app);
  formImportRoutes(app);
  formsApi(app);

  eventRoutes(app);
  officeRoutes(app);
  sectionRoutes(app);
  categoryRoutes(app);
  stateRoutes(app);
  eventApi(app);
  eventStatesApi(app);
  eventOfficeApi(app);
  activityRoutes(app);
  activityWritingRoutes(app);
  activityApi(app);
  networkCalendarRoutes(app);
  calendarRoutes(app);
  feedRoutes(app);
  answerPages(app);
  calendarApi(app);
  programmeRoutes(app);
  programmeOfficeRoutes(app);
  programmeApi(app);
  waitingApi(app);
  programmeOfficeApi(app);
  assemblyApi(app);
  assemblyRoutes(app);
  registrationRoutes(app);
  registrationApi(app);
  delegationApi(app);
  reportRoutes(app);
  reportsApi(app);
  studyVisitRoutes(app);
  studyVisitOfficeRoutes(app);
  studyVisitsApi(app);
  studyVisitsOfficeApi(app);
  visitRequestRoutes(app);
  visitRequestsApi(app);

  doorApi(app);
  doorsApi(app);
  doorRoutes(app);
  doorOfficeRoutes(app);

  questionnaireRoutes(app);
  resultsRoutes(app);
  questionnaireExports(app);
  comparisonRoutes(app);
  namedAnswerRoutes(app);
  questionnaireSettingsRoutes(app);
  roomRoutes(app);
  sharingApi(app);
  selfAssessmentApi(app);
  selfAssessmentRoutes(app);
  answerRoutes(app);
  questionnaireApi(app);

  mailingRoutes(app);
  mailingWritingRoutes(app);
  invitationRoutes(app);
  mailingApi(app);
  invitationApi(app);

  callRoutes(app);
  entryRoutes(app);
  writingRoutes(app);
  callOfficeRoutes(app);
  screeningRoutes(app);
  bankRoutes(app);
  callApi(app);
  entriesApi(app);
  screeningApi(app);
  officeRegistrationRoutes(app);
  bulkRoutes(app);
  officeRegistrationPages(app);
  officeExportRoutes(app);
  paymentRoutes(app);
  officeRegistrationApi(app);
  paymentApi(app);
  deskRoutes(app);
  judgingRoutes(app);
  finalRoutes(app);
  archiveRoutes(app);
  presentationRoutes(app);
  pairRoutes(app);
  letterRoutes(app);
  discussionRoutes(app);
  judgingApi(app);
  deliberationApi(app);
  laureateRoutes(app);

  documentOfficeRoutes(app);
  documentApi(app);
  issuedRoutes(app);
  documentPeopleRoutes(app);
  myDocumentRoutes(app);
  programmePaperRoutes(app);
  verifyRoutes(app);

  app.get('/api/openapi.json', { config: { audience: 'public' }, schema: { hide: true } }, () => app.swagger());
  return app;
}

async function plumbing(app: FastifyInstance, system: System): Promise<void> {
  await app.register(cookie);
  await app.register(formbody, {
    bodyLimit: 1_000_000,
    parser: (text) => qs.parse(text, { depth: 8, parameterLimit: 20_000, arrayLimit: 5_000 }),
  });
  await app.register(multipart, { limits: { fileSize: 20_000_000, files: 20, fields: 2_000, fieldSize: 200_000, parts: 2_100 } });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: system.config.publicUrl.startsWith('https:') ? undefined : false,
  });
  await app.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'] });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Convivium',
        version: '1',
        description: 'Everything a person can do in Convivium, for programs. Errors are RFC 9457 problems.',
      },
      servers: [{ url: system.config.publicUrl }],
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'An API token of your account page' } },
      },
    },
    transform: jsonSchemaTransform,
  });
  // The reference page is a plugin's: its routes are public, and it brings a policy for its own files.
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, audience: 'public' };
    });
    await scope.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true });
  });
  app.setValidatorCompiler(({ schema }) => (data) => {
    try {
      return { value: parse(schema as never, data) };
    } catch (error) {
      return { error: error as Error };
    }
  });
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  refuseForeignWrites(app, system);
  knowViewers(app, system);
}
