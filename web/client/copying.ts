// Copies what stands in a field. Without the script the field can be selected by hand, so only the script shows the button.
export function copyFields(): void {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const field = document.getElementById(button.dataset.copy ?? '');
    if (!(field instanceof HTMLInputElement)) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      field.select();
      await navigator.clipboard.writeText(field.value);
      const words = button.querySelector('span');
      if (words) words.textContent = button.dataset.copied ?? '';
    });
  }
}
