// What is typed into an entry is kept as it is typed. Without this the button does it.

const PAUSE_MS = 1500;

/** A form with `[data-autosave]` is sent to its own address a moment after the last keystroke; files wait for the button. */
export function autosave(): void {
  const line = document.querySelector<HTMLElement>('[data-autosave]');
  const form = line?.closest('form');
  if (!line || !form) return;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let stopped = false;
  line.textContent = '';
  const say = (what: 'saving' | 'saved' | 'failed' | 'conflict') => {
    line.textContent = line.dataset[what] ?? '';
    line.dataset.state = what;
  };
  const soon = (pause = PAUSE_MS) => {
    clearTimeout(waiting);
    if (!stopped) waiting = setTimeout(() => void save(), pause);
  };
  const save = async () => {
    if (running) return soon();
    running = true;
    say('saving');
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    try {
      const answer = await fetch(form.action, { method: 'POST', headers: { accept: 'application/json' }, body });
      if (answer.status === 409) {
        stopped = true;
        say('conflict');
      } else if (answer.ok) {
        const { version } = (await answer.json()) as { version: number };
        const seen = form.querySelector<HTMLInputElement>('input[name="version"]');
        if (seen) seen.value = String(version);
        say('saved');
      } else say('failed');
    } catch {
      say('failed');
      soon(PAUSE_MS * 4);
    }
    running = false;
  };
  form.addEventListener('input', (event) => {
    if (!(event.target instanceof HTMLInputElement && event.target.type === 'file')) soon();
  });
  form.addEventListener('submit', () => {
    stopped = true;
    clearTimeout(waiting);
  });
}
