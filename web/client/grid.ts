// A session of the programme's grid is dragged to another time or room: an extra, beside the buttons and fields that do the same.

const OVER = 'drop-here';
let dragged: HTMLElement | null = null;

for (const slot of document.querySelectorAll<HTMLElement>('.slot')) {
  slot.draggable = true;
  slot.addEventListener('dragstart', (event) => {
    dragged = slot;
    event.dataTransfer?.setData('text/plain', slot.id);
  });
  slot.addEventListener('dragend', () => {
    dragged = null;
  });
}

for (const cell of document.querySelectorAll<HTMLElement>('.programme-grid td')) {
  cell.addEventListener('dragover', (event) => {
    if (!dragged || cell.contains(dragged)) return;
    event.preventDefault();
    cell.classList.add(OVER);
  });
  for (const end of ['dragleave', 'drop']) cell.addEventListener(end, () => cell.classList.remove(OVER));
  cell.addEventListener('drop', (event) => {
    event.preventDefault();
    if (dragged && !cell.contains(dragged)) move(dragged, cell.dataset.starts ?? '', cell.dataset.room ?? '');
  });
}

/** As if somebody had filled in the session's own form. */
function move(slot: HTMLElement, starts: string, room: string): void {
  const time = slot.querySelector<HTMLInputElement>('input[name=starts]');
  const where = slot.querySelector<HTMLSelectElement>('select[name=roomId]');
  if (!time?.form || !where) return;
  time.value = starts;
  where.value = room;
  time.form.requestSubmit();
}
