import { buildApp } from './app.ts';
import type { System } from './system.ts';

const DRAIN_WITHIN = 20_000;

/**
 * Serves the application on HOST and PORT. The answer stops it: no new connections, requests in hand are answered, and after
 * twenty seconds whoever still holds a connection loses it.
 */
export async function startWeb(system: System): Promise<() => Promise<void>> {
  const app = await buildApp(system);
  const { host, port } = system.config;
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw new Error(whyNot(error, host, port), { cause: error });
  }
  system.log.info({ host, port }, 'listening');
  return async () => {
    const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_WITHIN);
    app.server.closeIdleConnections();
    await app.close();
    clearTimeout(cut);
  };
}

function whyNot(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is in use by another program. Set PORT to a free one.`;
  if (code === 'EACCES') return `This user may not listen on port ${port}. Set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is no address of this machine.`;
  return `Cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
}
