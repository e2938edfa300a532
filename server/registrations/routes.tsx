import type { FastifyInstance } from 'fastify';
import { delegationRoutes } from './delegation-routes.tsx';
import { myRoutes } from './my-routes.tsx';
import { selfRoutes } from './self-routes.tsx';

/** The pages of those who register: for oneself, for a delegation, and what one has registered for. */
export function registrationRoutes(app: FastifyInstance): void {
  selfRoutes(app);
  delegationRoutes(app);
  myRoutes(app);
}
