import type { FastifyInstance, FastifyRequest } from 'fastify';
import { coordinated, hasBackOffice, isAdmin, isSecretariat } from '../accounts/access.ts';
import { NotFound, SignInNeeded } from '../errors.ts';

/**
 * Who a route is for. What one of them may see of it is decided by the feature's access.ts; a route that is not for somebody at
 * all answers as if it did not exist.
 */
export type Audience =
  /** anybody, signed in or not */
  | 'public'
  /** anybody who is signed in */
  | 'person'
  /** whoever has a back office: secretariat, coordinators, organisers */
  | 'back-office'
  /** secretariat and coordinators */
  | 'coordination'
  | 'secretariat'
  | 'admin';

declare module 'fastify' {
  interface FastifyContextConfig {
    audience?: Audience;
  }
  interface FastifyInstance {
    /** Every route with its audience, as they were declared. */
    routeTable: RouteLine[];
  }
}

export interface RouteLine {
  method: string;
  url: string;
  audience: Audience;
}

/** Deny by default: a route that does not say whom it is for stops the start, and each request is held to what its route says. */
export function holdAudiences(app: FastifyInstance): void {
  app.decorate('routeTable', []);
  app.addHook('onRoute', ({ method, url, config }) => {
    const audience = config?.audience;
    if (!audience) throw new Error(`${String(method)} ${url} declares no audience`);
    for (const one of [method].flat()) if (one !== 'HEAD') app.routeTable.push({ method: one, url, audience });
  });
  app.addHook('preValidation', async (request) => admit(request));
}

function admit(request: FastifyRequest): void {
  const audience = request.routeOptions.config.audience;
  if (audience === undefined || audience === 'public') return;
  const { viewer } = request;
  if (!viewer) throw new SignInNeeded();
  const admitted =
    audience === 'person' ||
    (audience === 'back-office' && hasBackOffice(viewer)) ||
    (audience === 'coordination' && (isSecretariat(viewer) || coordinated(viewer).length > 0)) ||
    (audience === 'secretariat' && isSecretariat(viewer)) ||
    (audience === 'admin' && isAdmin(viewer));
  if (!admitted) throw new NotFound();
}
