import type { FastifyRequest } from 'fastify';
import { coordinated, isSecretariat } from '../accounts/access.ts';
import { NotAllowed, NotFound } from '../errors.ts';
import { parse } from '../http/input.ts';
import { signedIn } from '../http/viewer.ts';
import { ReportQuery, YearParams } from './input.ts';
import { networksToReport } from './queries.ts';
import { reportOf } from './report.ts';
import { mayReadYear } from './rules.ts';

/** The networks whose yearly reports this person may read; null: of all, and the report of all together. */
export function reportedNetworks(request: FastifyRequest): string[] | null {
  const viewer = signedIn(request);
  if (isSecretariat(viewer)) return null;
  const networks = coordinated(viewer);
  if (networks.length === 0) throw new NotAllowed();
  return networks;
}

/** The report of the year and network of an address, as of now. Who coordinates one network alone reads that one. Errors: NotFound, NotAllowed. */
export async function foundYear(request: FastifyRequest) {
  const { db, clock } = request.server.system;
  const { year } = parse(YearParams, { year: (request.params as { year?: unknown }).year });
  const { network: slug } = parse(ReportQuery, { network: (request.query as { network?: unknown }).network });
  const own = reportedNetworks(request);
  const networks = await networksToReport(db, own);
  const network = networks.find((one) => one.slug === slug) ?? (own && slug === undefined ? (networks[0] ?? null) : null);
  if (slug !== undefined && !network) throw new NotFound();
  if (!mayReadYear(request.viewer, network?.id ?? null)) throw new NotAllowed();
  return {
    year,
    network,
    networks,
    all: own === null,
    report: await reportOf(db, { year, networkId: network?.id ?? null }, clock()),
  };
}
