import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import qs from 'qs';
import type { System } from '../system.ts';
import { parse } from './input.ts';
import { refuseForeignWrites } from './origin.ts';
import { knowViewers } from './viewer.ts';

/** What every request goes through, whatever it asks for: how bodies are read and answers written, what browsers may do, who asks. */
export async function plumbing(app: FastifyInstance, system: System): Promise<void> {
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
