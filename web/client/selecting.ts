// Rows of a list: one box for all of them, and how many are chosen. Listens on the document, so that a refreshed list works too.

export function countSelected(): void {
  document.addEventListener('change', (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== 'checkbox') return;
    const form = box.form;
    if (form?.querySelector('[data-select-all]')) update(form, box);
  });
}

function update(form: HTMLFormElement, changed?: HTMLInputElement): void {
  const all = form.querySelector<HTMLInputElement>('[data-select-all]');
  if (!all) return;
  const rows = [...form.querySelectorAll<HTMLInputElement>('[data-select-row]')];
  if (changed === all) for (const row of rows) row.checked = all.checked;
  const chosen = rows.filter((row) => row.checked).length;
  all.checked = chosen === rows.length && chosen > 0;
  all.indeterminate = chosen > 0 && chosen < rows.length;
  for (const output of form.querySelectorAll('[data-selected]')) output.textContent = String(chosen);
}

/** Without the script the box for all rows would do nothing. */
export function showSelectAll(): void {
  for (const box of document.querySelectorAll<HTMLInputElement>('[data-select-all]')) {
    box.hidden = false;
    if (box.form) update(box.form);
  }
}
