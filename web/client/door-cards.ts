import { textIn } from '../locales/text-map.ts';
import { categoryOf, type DoorList, isProvisional, type Listed, refusalOf, seenAt } from './door-list.ts';

export type Say = (name: string, values?: Record<string, string>) => string;
export type Act = (guest: Listed, kind: 'in' | 'undo', undoes: string[], anyway?: boolean) => unknown;

/** Somebody as the door shows them: who they are, whether they may come in, and what can be done. */
export function cardOf(
  guest: Listed,
  list: DoorList,
  at: { id: string | null; places: boolean },
  say: Say,
  act: Act,
): HTMLElement {
  const seen = seenAt(guest, at);
  const code = refusalOf(list, guest, at);
  const language = document.documentElement.lang;
  const card = element('li', `door-guest door-guest-${seen ? 'already' : code ? 'refused' : 'valid'}`);
  const when =
    seen &&
    new Date(seen.cameAt).toLocaleTimeString(language, {
      hour: '2-digit',
      hourCycle: 'h23',
      minute: '2-digit',
      timeZone: list.event.zone,
    });
  const category = textIn(categoryOf(list, guest), [language], list.event.defaultLanguage) || guest.category;
  card.append(
    element('h2', '', guest.name),
    element('p', '', [guest.organisation, category].filter(Boolean).join(' · ')),
    element('p', 'door-verdict', seen ? say('already', { when: when ?? '', by: seen.by }) : say(code ?? 'valid')),
  );
  // Whom the server does not know yet can be found and nothing more.
  if (isProvisional(guest)) card.append(element('p', 'hint', say('walkInUnsent')));
  else if (seen)
    card.append(button(say('undo'), `${say('undo')}: ${guest.name}`, 'secondary', () => act(guest, 'undo', seen.steps)));
  else if (code === null) card.append(button(say('in'), `${say('in')}: ${guest.name}`, 'primary', () => act(guest, 'in', [])));
  else if (code === 'door-no-place')
    card.append(button(say('anyway'), `${say('anyway')}: ${guest.name}`, 'secondary', () => act(guest, 'in', [], true)));
  return card;
}

export function element(name: string, look: string, text?: string): HTMLElement {
  const made = document.createElement(name);
  if (look) made.className = look;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function button(text: string, label: string, kind: string, act: () => unknown): HTMLElement {
  const made = element('button', `button button-${kind}`, text);
  made.setAttribute('type', 'button');
  made.setAttribute('aria-label', label);
  made.addEventListener('click', () => void act());
  return made;
}
