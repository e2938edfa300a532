import { offerCamera } from './door-camera.ts';
import { button, cardOf, element, type Say } from './door-cards.ts';
import { forget, note, noteWalkIn, openDoor, sync, unsent } from './door-kept.ts';
import { found, type Listed, placeOf, refusalOf, type Step, seenAt } from './door-list.ts';
import { stayOpen } from './door-server.ts';
import { offerSignals, signal } from './door-signals.ts';
import { wipe } from './door-store.ts';

// The door as an app: it goes on without a connection, and sends what it did when there is one again.

const root = document.querySelector<HTMLElement>('#door-app');
if (root) void begin(root);

const EVERY = 3000;

async function begin(app: HTMLElement): Promise<void> {
  const words = JSON.parse(app.dataset.words ?? '{}') as Record<string, string>;
  const part = <Kind extends HTMLElement>(name: string) => app.querySelector<Kind>(`[data-part="${name}"]`) as Kind;
  const [results, state, notTaken] = [part('results'), part('state'), part('not-taken')];
  const place = app.querySelector('select[name=place]') as HTMLSelectElement;
  const field = app.querySelector('input[name=q]') as HTMLInputElement;
  const slug = app.dataset.slug ?? '';
  const door = await openDoor(slug, app.dataset.keeper ?? '');
  let shown: string[] = [];
  let drawn = '';

  void stayOpen(app);

  const here = () => (door.list ? placeOf(door.list, place.value) : { id: null, places: false });
  const say: Say = (name, values = {}) => (words[name] ?? name).replace(/\[(\w+)\]/g, (_, key: string) => values[key] ?? '');

  function draw(): void {
    const { list } = door;
    app.dataset.unsent = String(unsent(door));
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
      door.connected ? '' : say('offline'),
      unsent(door) > 0 ? say('unsent', { n: String(unsent(door)) }) : '',
      door.refused > 0 ? say('refused', { n: String(door.refused) }) : '',
    ];
    state.textContent = lines.filter(Boolean).join(' · ');
    const guests = shown.flatMap((id) => list.guests.filter((one) => one.registrationId === id));
    // Drawn again only when it is other: the focus stays, and a screen reader says nothing twice.
    const picture = JSON.stringify([at, guests, door.notTaken]);
    if (picture === drawn) return;
    drawn = picture;
    results.replaceChildren(...guests.map((guest) => cardOf(guest, list, at, say, act)));
    notTaken.replaceChildren(
      ...door.notTaken.map((one) => {
        const item = element('li', 'door-guest door-guest-refused');
        const seen = button(say('seen'), `${say('seen')}: ${one.name}`, 'secondary', () => forget(door, one).then(draw));
        item.append(element('h2', '', one.name), element('p', 'door-verdict', say('notTaken', { why: say(one.code) })), seen);
        return item;
      }),
    );
  }

  async function act(guest: Listed, kind: Step['kind'], undoes: string[], anyway = false): Promise<void> {
    const step = {
      kind,
      registration: guest.registrationId,
      person: guest.personId,
      session: here().id ?? undefined,
      anyway,
      undoes,
    };
    await note(door, { id: crypto.randomUUID(), at: new Date().toISOString(), ...step });
    draw();
    void exchange();
  }

  async function exchange(): Promise<void> {
    const known = await sync(door);
    if (known === 'gone') return close();
    shown = shown.map((id) => known.get(id) ?? id);
    draw();
  }

  async function close(): Promise<void> {
    // What was not sent stays nowhere else: it is told before it is gone.
    if (unsent(door) > 0) {
      state.textContent = say('closedUnsent', { n: String(unsent(door)) });
      return;
    }
    await wipe();
    location.href = `/door/${encodeURIComponent(slug)}`;
  }

  async function look(typed: string): Promise<Listed[]> {
    if (!door.list) return [];
    const token = /(?:^|\/pass\/)([\w-]{38})(?:[?#].*)?$/.exec(typed.trim())?.[1];
    const guests = found(door.list, typed, token && (await sha256(token)));
    shown = guests.map(({ registrationId }) => registrationId);
    draw();
    if (guests.length === 0) {
      drawn = '';
      results.replaceChildren(element('li', 'door-guest door-guest-refused', say('none')));
    }
    return guests;
  }

  async function scanned(code: string): Promise<void> {
    const [guest] = await look(code);
    const free = guest && door.list && !seenAt(guest, here()) && refusalOf(door.list, guest, here()) === null;
    signal(free ? 'good' : 'bad');
  }

  part<HTMLFormElement>('search').addEventListener('submit', (event) => {
    event.preventDefault();
    void look(field.value).then(() => field.select());
  });
  part<HTMLFormElement>('walk-in').addEventListener('submit', (event) => {
    event.preventDefault();
    // Without the list nothing is kept yet, and what was typed stays in the form.
    if (!door.list) return draw();
    const form = event.currentTarget as HTMLFormElement;
    const typed = Object.fromEntries(['name', 'email', 'organisation', 'category'].map((name) => [name, valueOf(form, name)]));
    const id = crypto.randomUUID();
    const walkIn = { name: '', email: '', organisation: '', category: '', ...typed, id, at: new Date().toISOString() };
    void noteWalkIn(door, { ...walkIn, language: document.documentElement.lang }).then(() => {
      form.reset();
      shown = [id];
      draw();
      results.scrollIntoView({ block: 'nearest' });
      return exchange();
    });
  });
  place.addEventListener('change', draw);
  addEventListener('online', () => void exchange());
  draw();
  offerSignals(part<HTMLInputElement>('signals'));
  const camera = { toggle: part<HTMLButtonElement>('camera'), video: part<HTMLVideoElement>('video') };
  offerCamera(camera, { reader: app.dataset.reader ?? '', refusal: say('noCamera') }, scanned);
  await exchange();
  setInterval(() => void exchange(), EVERY);
  const asked = new URLSearchParams(location.search).get('q');
  if (asked) await look(asked);
}

const valueOf = (form: HTMLFormElement, name: string) => String(new FormData(form).get(name) ?? '').trim();

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
