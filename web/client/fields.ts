// Counters of long texts, parts that depend on an answer, and the focus on what is wrong.

/** `<textarea data-count="id" data-max-words|data-max-characters>`: the element of that id says how many are left. */
export function countDown(): void {
  for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-count]')) {
    const line = document.getElementById(area.dataset.count ?? '');
    const words = area.dataset.maxWords;
    const limit = Number(words ?? area.dataset.maxCharacters);
    if (!line || !limit) continue;
    const update = () => {
      const text = area.value.trim();
      const used = words === undefined ? [...text].length : text === '' ? 0 : text.split(/\s+/).length;
      const left = limit - used;
      line.textContent = `${left < 0 ? line.dataset.over : line.dataset.left} ${Math.abs(left).toLocaleString(document.documentElement.lang)}`;
      line.classList.toggle('count-over', left < 0);
    };
    area.addEventListener('input', update);
    update();
  }
}

/** `<div data-shows-when="field=value">` (or `field=a|b`): seen only while the field of the same form has that value. */
export function followAnswers(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-shows-when]')) {
    const form = part.closest('form');
    const [field = '', wanted = ''] = (part.dataset.showsWhen ?? '').split('=');
    if (!form) continue;
    const update = () => {
      const values = new FormData(form).getAll(field);
      part.hidden = !wanted.split('|').some((value) => values.includes(value));
    };
    form.addEventListener('input', update);
    update();
  }
}

/** The error summary is where the page begins after a refused form. */
export function focusErrors(): void {
  document.querySelector<HTMLElement>('[data-focus]')?.focus();
}

/** Tabs that do not all fit: the one that is shown is in sight. */
export function showCurrentTabs(): void {
  for (const tabs of document.querySelectorAll<HTMLElement>('.tabs')) {
    const at = tabs.querySelector('[aria-current]')?.getBoundingClientRect();
    if (at) tabs.scrollLeft += at.left - tabs.getBoundingClientRect().left - (tabs.clientWidth - at.width) / 2;
  }
}
