// The juror's desk: what is typed goes to the server as it is typed. Until the server has it, it is kept on this device, and sent
// when the line is back; the server merges it with what was written elsewhere meanwhile.

interface Text {
  scores: Record<string, number | null>;
  commentToJury: string;
  commentToApplicant: string;
  notes: string;
}

const TEXTS = ['commentToJury', 'commentToApplicant', 'notes'] as const;
const PAUSE = 700;
const RETRY = 4000;

/** Saves the review on this page as it is written. */
export function keepReview(): void {
  const found = document.querySelector<HTMLFormElement>('form[data-review]');
  if (!found) return;
  const form = found;
  const key = `review:${form.dataset.review}`;
  const state = form.querySelector<HTMLElement>('[data-save-state]');
  let base = JSON.parse(form.dataset.base ?? '{}') as Text;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = false;

  restore();
  form.addEventListener('input', () => {
    remember();
    later(PAUSE);
  });
  form.addEventListener('keydown', press);
  form.addEventListener('submit', () => remember());
  addEventListener('online', () => later(0));

  function read(): Text {
    const data = new FormData(form);
    const scores = Object.fromEntries(
      Object.keys(base.scores).map((name) => {
        const typed = String(data.get(`scores[${name}]`) ?? '').replace(',', '.');
        return [name, typed === '' ? null : Number(typed)];
      }),
    );
    const texts = TEXTS.map((name) => [name, String(data.get(name) ?? '').replace(/\r\n?/g, '\n')]);
    return { scores, ...Object.fromEntries(texts) } as Text;
  }

  function write(text: Text): void {
    for (const [name, score] of Object.entries(text.scores)) {
      for (const input of form.querySelectorAll<HTMLInputElement>(`[name="scores[${CSS.escape(name)}]"]`)) {
        if (input.type === 'radio') input.checked = input.value === (score === null ? '' : String(score));
        else input.value = score === null ? '' : String(score);
      }
    }
    for (const name of TEXTS) {
      const area = form.elements.namedItem(name);
      if (area instanceof HTMLTextAreaElement && area.value !== text[name]) area.value = text[name];
    }
  }

  function remember(): void {
    const written = read();
    if (JSON.stringify(written) === JSON.stringify(base)) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ written, base }));
  }

  function restore(): void {
    const kept = localStorage.getItem(key);
    if (!kept) return;
    const { written, base: seen } = JSON.parse(kept) as { written: Text; base: Text };
    // It arrived with the form itself.
    if (JSON.stringify(written) === JSON.stringify(base)) return localStorage.removeItem(key);
    base = seen;
    write(written);
    later(0);
  }

  function later(after: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), after);
  }

  async function save(): Promise<void> {
    if (sending) return later(PAUSE);
    const written = read();
    if (JSON.stringify(written) === JSON.stringify(base)) return;
    sending = true;
    say('saving');
    try {
      const answer = await fetch(`/api/entries/${form.dataset.review}/reviews/me`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...written, base }),
      });
      if (answer.ok) settle(written, (await answer.json()) as Text);
      else if (answer.status < 500) say('wrong');
      else retry();
    } catch {
      retry();
    } finally {
      sending = false;
    }
  }

  // What was typed while it was on its way stands; what came from elsewhere is shown beside it.
  function settle(written: Text, saved: Text): void {
    const untouched = JSON.stringify(read()) === JSON.stringify(written);
    const { scores, commentToJury, commentToApplicant, notes } = saved;
    base = untouched ? { scores, commentToJury, commentToApplicant, notes } : written;
    if (untouched) write(base);
    remember();
    say('saved');
    if (!untouched) later(PAUSE);
  }

  function retry(): void {
    say('kept');
    later(RETRY);
  }

  function say(what: 'saving' | 'saved' | 'kept' | 'wrong'): void {
    if (!state) return;
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'medium' }).format();
    state.textContent = (form.dataset[what] ?? '').replace('%', time);
  }

  // A digit scores the criterion that has the focus and goes on to the next; 1 waits a moment for the 0 of ten.
  let one: { field: Element; going: ReturnType<typeof setTimeout> } | null = null;
  function press(event: KeyboardEvent): void {
    const field = (event.target as Element).closest('[data-score]');
    if (!field || !/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const begun = one?.field === field;
    if (one) clearTimeout(one.going);
    one = null;
    if (begun && event.key === '0') return void (choose(field, '10') && goOn(field));
    const asked = begun ? after(field) : field;
    if (!asked || !choose(asked, event.key)) return;
    if (event.key === '1' && stepOf(asked, '10')) one = { field: asked, going: setTimeout(() => goOn(asked), 900) };
    else goOn(asked);
  }

  const stepOf = (field: Element, score: string) => field.querySelector<HTMLInputElement>(`input[value="${score}"]`);
  const after = (field: Element) => {
    const fields = [...form.querySelectorAll('[data-score]')];
    return fields[fields.indexOf(field) + 1];
  };

  function choose(field: Element, score: string): boolean {
    const input = stepOf(field, score);
    if (!input) return false;
    input.checked = true;
    input.focus();
    input.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  }

  function goOn(field: Element): void {
    one = null;
    const next = after(field);
    const goal = next?.querySelector<HTMLInputElement>('input:checked') ?? next?.querySelector<HTMLInputElement>('input');
    (goal ?? form.querySelector<HTMLTextAreaElement>('textarea'))?.focus();
  }
}
