/** The door was closed, or its volunteer is not known any more. */
export class Gone extends Error {}

const PATIENCE = 15_000;

/** What the server answers; posts when there is a body. Errors: Gone, and any other when it cannot be reached. */
export async function ask<Answer>(url: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(url, {
    signal: AbortSignal.timeout(PATIENCE),
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (answer.status === 401 || answer.status === 403 || answer.status === 404) throw new Gone();
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Answer;
}

/** The page and what it is drawn with are kept, for when there is no connection. */
export async function stayOpen(app: HTMLElement): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/door/worker.js', { scope: '/door/' });
  await navigator.serviceWorker.ready;
  const cache = await caches.open('door');
  const parts = [...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>('link[rel=stylesheet],script[src]')];
  const reader = app.dataset.reader ?? [];
  await cache.addAll([location.pathname, ...parts.map((one) => ('href' in one ? one.href : one.src)), ...[reader].flat()]);
  app.dataset.offline = 'ready';
}
