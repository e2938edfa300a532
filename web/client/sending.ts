// A form is sent once however often its button is pressed, and Back brings it to life again.

export function sendOnce(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post' || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
    event.submitter?.setAttribute('aria-busy', 'true');
    // A download leaves the page as it is: after a while the form may be sent again.
    setTimeout(() => revive(form), 8000);
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) revive(form);
  });
}

function revive(form: HTMLFormElement): void {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
}

const PAUSE_MS = 350;

/** `<form method="get" data-live>`: the list follows its filters; without the script, its button does it. */
export function followFilters(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-live]')) {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const soon = (pause: number) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void refresh(form), pause);
    };
    form.addEventListener('input', (event) =>
      soon(event.target instanceof HTMLInputElement && isTyped(event.target) ? PAUSE_MS : 0),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      soon(0);
    });
  }
}

const isTyped = (input: HTMLInputElement) => input.type === 'search' || input.type === 'text';

// Only the list is exchanged: what is being typed, and the focus, stay where they are.
async function refresh(form: HTMLFormElement): Promise<void> {
  const data = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '');
  const query = new URLSearchParams(data).toString();
  const url = `${form.action.split('?')[0]}${query && `?${query}`}`;
  const list = document.querySelector('[data-list]');
  if (!list) return location.assign(url);
  const turn = String(Number(form.dataset.turn ?? 0) + 1);
  form.dataset.turn = turn;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html');
    const fresh = page.querySelector('[data-list]');
    if (form.dataset.turn !== turn) return;
    if (!fresh) return location.assign(url);
    list.replaceWith(fresh);
    history.replaceState(null, '', url);
  } catch {
    location.assign(url);
  }
}
