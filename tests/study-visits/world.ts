import { registrationWorld } from '../registrations/world.ts';
import type { TestApp } from '../support/app.ts';

const TITLES = ['Park with Support', 'Inclusive sports', 'Social museums'];

/** An event with parallel visits, and a city whose people are confirmed. */
export async function visitsWorld(test: TestApp) {
  const world = await registrationWorld(test);
  const { asSecretariat, year } = world;
  const slug = await world.openEvent({ capacity: 40, limitMember: 20 });
  const api = (path: string) => `/api/events/${slug}${path}`;

  async function visit(
    title: string,
    more: Record<string, unknown> = {},
    session: Record<string, unknown> = {},
  ): Promise<string> {
    const made = await test.send(
      'POST',
      api('/sessions'),
      { kind: 'visit', title: { en: title }, starts: `${year}-05-27T16:00`, minutes: 120, languages: ['en', 'es'], ...session },
      asSecretariat,
    );
    if (made.statusCode !== 201) throw new Error(made.body);
    const { id } = made.json<{ id: string }>();
    const written = await test.send(
      'PUT',
      api(`/visits/${id}`),
      { places: 2, meetingPoint: { en: 'Town hall, main door' }, ...more },
      asSecretariat,
    );
    if (written.statusCode !== 200) throw new Error(written.body);
    return id;
  }

  /** Somebody of a city who is registered and confirmed. Answers the registration, and their bearer. */
  async function participant(city: string, name: string, more: { contact?: boolean; language?: string } = {}) {
    const personId = await world.delegate(city, name, more);
    const made = await test.send(
      'POST',
      api('/registrations'),
      { personId, organisationId: city, category: 'member' },
      asSecretariat,
    );
    if (made.statusCode !== 201) throw new Error(made.body);
    return { personId, id: made.json<{ id: string }>().id, as: await test.bearer(personId) };
  }

  const wish = (who: { id: string; as: Record<string, string> }, wishes: string[], languages: string[] = []) =>
    test.send('PUT', api(`/preferences/${who.id}`), { wishes, languages }, who.as);

  async function allocate(body: Record<string, unknown> = {}) {
    const ordered = await test.send('PUT', api('/allocation'), body, asSecretariat);
    if (ordered.statusCode !== 202) throw new Error(ordered.body);
    await test.drain();
    return (await test.get(api('/allocation'), asSecretariat)).json<Overview>();
  }

  async function held(who: { id: string }): Promise<string[]> {
    const { rows } = { rows: (await test.get(api(`/preferences/${who.id}`), asSecretariat)).json<{ visits: string[] }>() };
    return rows.visits;
  }

  return { ...world, slug, api, visit, participant, wish, allocate, held, titles: TITLES };
}

export interface Overview {
  allocation: {
    id: string;
    seed: number;
    assigned: number;
    people: number;
    cost: number;
    gap: number;
    endedAt: string | null;
    takesPlace: string[];
  };
  visits: { id: string; held: number; wished: number; wishedFirst: number; waiting: number }[];
}
