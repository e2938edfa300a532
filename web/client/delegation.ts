// Choosing the people of a delegation: how many they are, and whether there is room for them, is said as it changes.

const REFRESH_MS = 30_000;

/** `<form id="party">`: counts who is ticked or typed, and shows what goes beyond the room or the free places. */
export function countParty(): void {
  const form = document.querySelector<HTMLFormElement>('form#party');
  if (!form) return;
  const update = () => {
    const ticked = form.querySelectorAll('input[name="personIds"]:checked').length;
    const typed = [...form.querySelectorAll<HTMLInputElement>('input[name^="people["][name$="[name]"]')];
    const chosen = ticked + typed.filter(({ value }) => value.trim() !== '').length;
    const places = form.querySelector<HTMLElement>('[data-places]');
    const output = form.querySelector('[data-chosen]');
    if (output && output.textContent !== String(chosen)) output.textContent = String(chosen);
    const room = places?.dataset.room ? Number(places.dataset.room) : Number.POSITIVE_INFINITY;
    const free = Number(places?.dataset.free ?? 0);
    show(form, 'room', chosen > room);
    show(form, 'free', chosen > free && chosen <= room);
  };
  form.addEventListener('input', update);
  update();
  setInterval(() => void refresh(form).then(update), REFRESH_MS);
}

function show(form: HTMLElement, over: string, so: boolean): void {
  const words = form.querySelector<HTMLElement>(`[data-when-over="${over}"]`);
  if (words) words.hidden = !so;
}

// Others take places meanwhile. Only the figures are exchanged, and only while somebody looks.
async function refresh(form: HTMLElement): Promise<void> {
  if (document.hidden) return;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
    const [fresh, old] = [page.querySelector('[data-places]'), form.querySelector('[data-places]')];
    if (fresh && old) old.replaceWith(fresh);
  } catch {
    // No connection: the figures stay until there is one.
  }
}
