// The door's page and what it is drawn with, for when there is no connection. Lists of people are not here: see door-store.ts.

interface Fetching extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const CACHE = 'door';

addEventListener('fetch', (event) => {
  const { request } = event as Fetching;
  const { pathname } = new URL(request.url);
  if (request.method !== 'GET') return;
  if (/^\/door\/[^/]+\/app$/.test(pathname)) (event as Fetching).respondWith(fromNetwork(request));
  else if (pathname.startsWith('/assets/')) (event as Fetching).respondWith(fromCache(request));
});

async function fromNetwork(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const known = await cache.match(request, { ignoreSearch: true });
    if (known) return known;
    throw error;
  }
}

async function fromCache(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
