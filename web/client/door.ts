import {
  after,
  type Change,
  type DoorList,
  found,
  type Listed,
  merged,
  placeOf,
  refusalOf,
  type Step,
  seenAt,
} from './door-list.ts';
import { keep, kept, wipe } from './door-store.ts';

// The door as an app: it goes on without a connection, and sends what it did when there is one again.

const root = document.querySelector<HTMLElement>('#door-app');
if (root) void begin(root);

const EVERY = 3000;
const MOST_STEPS = 500;

async function begin(app: HTMLElement): Promise<void> {
  const slug = app.dataset.slug ?? '';
  const by = app.dataset.keeper ?? '';
  const words = JSON.parse(app.dataset.words ?? '{}') as Record<string, string>;
  const api = `/api/events/${encodeURIComponent(slug)}`;
  const part = <Kind extends HTMLElement>(name: string) => app.querySelector<Kind>(`[data-part="${name}"]`) as Kind;
  const [results, state] = [part('results'), part('state')];
  const place = app.querySelector('select[name=place]') as HTMLSelectElement;
  const field = app.querySelector('input[name=q]') as HTMLInputElement;
  let list = await kept<DoorList>(`list ${slug}`);
  let queue = (await kept<Step[]>(`queue ${slug}`)) ?? [];
  let refused = 0;
  let sending = false;
  let connected = true;
  let shown: string[] = [];
  let drawn = '';
  let listKept = false;

  void stayOpen(app);

  const here = () => (list ? placeOf(list, place.value) : { id: null, places: false });
  const say = (name: string, values: Record<string, string> = {}) =>
    (words[name] ?? name).replace(/\[(\w+)\]/g, (_, key: string) => values[key] ?? '');

  function draw(): void {
    if (!list) {
      state.textContent = say('noList');
      return;
    }
    const at = here();
    const present = list.guests.filter((guest) => seenAt(guest, at)).length;
    const expected = list.guests.filter(
      (guest) => guest.state === 'confirmed' && (!at.places || guest.sessionIds.includes(at.id ?? '')),
    ).length;
    const lines = [
      say('count', { present: String(present), expected: String(expected) }),
      connected ? '' : say('offline'),
      queue.length > 0 ? say('unsent', { n: String(queue.length) }) : '',
      refused > 0 ? say('refused', { n: String(refused) }) : '',
    ];
    state.textContent = lines.filter(Boolean).join(' · ');
    app.dataset.unsent = String(queue.length);
    const guests = shown.flatMap((id) => list?.guests.filter((one) => one.registrationId === id) ?? []);
    // Drawn again only when it is other: the focus stays, and a screen reader says nothing twice.
    const picture = JSON.stringify([at, guests]);
    if (picture === drawn) return;
    drawn = picture;
    results.replaceChildren(...guests.map(cardOf));
  }

  function cardOf(guest: Listed): HTMLElement {
    const at = here();
    const seen = seenAt(guest, at);
    const code = list ? refusalOf(list, guest, at) : null;
    const card = element('li', `door-guest door-guest-${seen ? 'already' : code ? 'refused' : 'valid'}`);
    const when =
      seen &&
      new Date(seen.cameAt).toLocaleTimeString(document.documentElement.lang, {
        hour: '2-digit',
        hourCycle: 'h23',
        minute: '2-digit',
        timeZone: list?.event.zone,
      });
    card.append(
      element('h2', '', guest.name),
      element('p', '', [guest.organisation, guest.category].filter(Boolean).join(' · ')),
      element('p', 'door-verdict', seen ? say('already', { when: when ?? '', by: seen.by }) : code ? say(code) : say('valid')),
    );
    if (seen)
      card.append(button(say('undo'), `${say('undo')}: ${guest.name}`, 'secondary', () => act(guest, 'undo', seen.steps)));
    else if (code === null) card.append(button(say('in'), `${say('in')}: ${guest.name}`, 'primary', () => act(guest, 'in', [])));
    else if (code === 'door-no-place')
      card.append(button(say('anyway'), `${say('anyway')}: ${guest.name}`, 'secondary', () => act(guest, 'in', [], true)));
    return card;
  }

  async function act(guest: Listed, kind: Step['kind'], undoes: string[], anyway = false): Promise<void> {
    if (!list) return;
    const session = here().id ?? undefined;
    const step: Step = {
      id: crypto.randomUUID(),
      kind,
      registration: guest.registrationId,
      person: guest.personId,
      session,
      at: new Date().toISOString(),
      anyway,
      undoes,
    };
    queue = [...queue, step];
    list = after(list, step, by);
    // Kept before it is shown: what a volunteer saw done is done.
    await keep(`queue ${slug}`, queue);
    draw();
    void sync();
  }

  async function sync(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      if (!list) list = await get<DoorList>(`${api}/door`);
      while (queue.length > 0) {
        const steps = queue.slice(0, MOST_STEPS);
        const { results: told } = await get<{ results: { id: string; result: string }[] }>(`${api}/check-ins`, {
          sentAt: new Date().toISOString(),
          steps,
        });
        const done = new Set(told.map(({ id }) => id));
        refused += told.filter(({ result }) => result === 'refused').length;
        const left = queue.filter(({ id }) => !done.has(id));
        if (left.length === queue.length) break;
        queue = left;
        await keep(`queue ${slug}`, queue);
        // What was refused must not go on looking as if it were true.
        if (told.some(({ result }) => result === 'refused')) list = await get<DoorList>(`${api}/door`);
      }
      const changes = await get<{ at: string; seen: Change[]; stale: boolean }>(
        `${api}/check-ins/changes?since=${encodeURIComponent(list.at)}`,
      );
      list = changes.stale
        ? merged(await get<DoorList>(`${api}/door`), [], queue, by)
        : { ...merged(list, changes.seen, queue, by), at: changes.at };
      if (changes.stale || changes.seen.length > 0 || !listKept) await keep(`list ${slug}`, list);
      listKept = true;
      connected = true;
    } catch (error) {
      if (error instanceof Gone) return await close();
      connected = false;
    } finally {
      sending = false;
    }
    draw();
  }

  async function close(): Promise<void> {
    // What was not sent stays nowhere else: it is told before it is gone.
    if (queue.length > 0) {
      state.textContent = say('closedUnsent', { n: String(queue.length) });
      return;
    }
    await wipe();
    location.href = `/door/${encodeURIComponent(slug)}`;
  }

  async function look(typed: string): Promise<void> {
    if (!list) return;
    const token = /(?:^|\/pass\/)([\w-]{38})(?:[?#].*)?$/.exec(typed.trim())?.[1];
    const guests = found(list, typed, token && (await sha256(token)));
    shown = guests.map(({ registrationId }) => registrationId);
    draw();
    if (guests.length === 0) results.replaceChildren(element('li', 'door-guest door-guest-refused', say('none')));
  }

  part<HTMLFormElement>('search').addEventListener('submit', (event) => {
    event.preventDefault();
    void look(field.value).then(() => field.select());
  });
  place.addEventListener('change', draw);
  addEventListener('online', () => void sync());
  if (list && Date.parse(list.until) < Date.now()) {
    if (queue.length === 0) await wipe();
    list = undefined;
  }
  if (list) list = queue.reduce((now, step) => after(now, step, by), list);
  draw();
  void camera(part<HTMLButtonElement>('camera'), part<HTMLVideoElement>('video'), say('noCamera'), look);
  await sync();
  setInterval(() => void sync(), EVERY);
  const asked = new URLSearchParams(location.search).get('q');
  if (asked) await look(asked);
}

/** The page and what it is drawn with are kept, for when there is no connection. */
async function stayOpen(app: HTMLElement): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/door/worker.js', { scope: '/door/' });
  await navigator.serviceWorker.ready;
  const cache = await caches.open('door');
  const parts = [...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>('link[rel=stylesheet],script[src]')];
  await cache.addAll([location.pathname, ...parts.map((one) => ('href' in one ? one.href : one.src))]);
  app.dataset.offline = 'ready';
}

class Gone extends Error {}

async function get<Answer>(url: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(url, {
    signal: AbortSignal.timeout(15_000),
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (answer.status === 401 || answer.status === 403 || answer.status === 404) throw new Gone();
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Answer;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function element(name: string, look: string, text?: string): HTMLElement {
  const made = document.createElement(name);
  if (look) made.className = look;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(text: string, label: string, kind: string, act: () => unknown): HTMLElement {
  const made = element('button', `button button-${kind}`, text);
  made.setAttribute('type', 'button');
  made.setAttribute('aria-label', label);
  made.addEventListener('click', () => void act());
  return made;
}

interface Detector {
  detect(of: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

/** The camera, where the browser itself reads codes. */
async function camera(
  toggle: HTMLButtonElement,
  video: HTMLVideoElement,
  refusal: string,
  look: (code: string) => Promise<void>,
): Promise<void> {
  const { BarcodeDetector: Made } = window as unknown as { BarcodeDetector?: new (of: { formats: string[] }) => Detector };
  if (!Made || !navigator.mediaDevices) return;
  toggle.hidden = false;
  const detector = new Made({ formats: ['qr_code'] });
  let last = '';
  toggle.addEventListener('click', async () => {
    const running = video.srcObject as MediaStream | null;
    if (running) {
      for (const track of running.getTracks()) track.stop();
      video.srcObject = null;
      video.hidden = true;
      return;
    }
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).catch(() => undefined);
    // Nobody is asked twice: without a camera codes are typed.
    toggle.textContent = stream ? toggle.textContent : refusal;
    toggle.disabled = !stream;
    if (!stream) return;
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    while (video.srcObject) {
      const [code] = await detector.detect(video).catch(() => []);
      if (code && code.rawValue !== last) {
        last = code.rawValue;
        await look(code.rawValue);
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  });
}
