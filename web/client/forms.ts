import { type Answers, holds } from '../../server/forms/conditions.ts';
import type { Condition } from '../../server/forms/definition.ts';

// Conditions that a stylesheet cannot tell (what is typed), and options that exclude all others. The server decides in the end.

/** Keeps every form of questions on the page as its answers demand. Importing this file does it. */
export function followConditions(root: Document = document): void {
  for (const form of root.querySelectorAll<HTMLElement>('.form-answers')) {
    const scope = form.closest('form') ?? form;
    const update = () => show(form);
    scope.addEventListener('input', update);
    scope.addEventListener('change', (event) => {
      if (event.target instanceof HTMLInputElement) exclude(event.target);
      update();
    });
    for (const hint of form.querySelectorAll<HTMLElement>('.form-condition')) hint.hidden = true;
    update();
  }
}

function show(form: HTMLElement): void {
  // In order of asking: what an item holds that was just hidden counts for nothing.
  for (const element of form.querySelectorAll<HTMLElement>('[data-when]')) {
    const condition = JSON.parse(element.dataset.when ?? 'null') as Condition | null;
    if (!condition) continue;
    const instance = element.closest<HTMLElement>('.form-instance');
    element.hidden = !holds(condition, (name) => answerIn(instance, name) ?? answerIn(form, name));
  }
}

function answerIn(scope: HTMLElement | null, name: string): unknown {
  const [key = '', row] = name.split('.');
  const item = scope?.querySelector<HTMLElement>(`[data-item="${CSS.escape(key)}"]`);
  if (!item || item.closest('[hidden]')) return undefined;
  const part = row === undefined ? item : item.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"]`);
  return part ? valueOf(part, item.dataset.type ?? '') : undefined;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function valueOf(part: HTMLElement, type: string): Answers[string] {
  const controls = [...part.querySelectorAll<Control>('input, select, textarea')];
  const values = controls
    .filter((control) => !(control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type)) || control.checked)
    .map((control) => control.value.trim())
    .filter((value) => value !== '');
  if (type === 'multiChoice' || type === 'ranking' || type === 'file' || type === 'repeat') return values;
  const [value] = values;
  return type === 'number' ? value?.replace(',', '.') : value;
}

function exclude(changed: HTMLInputElement): void {
  if (changed.type !== 'checkbox' || !changed.checked) return;
  const item = changed.closest('[data-type="multiChoice"]');
  for (const other of item?.querySelectorAll<HTMLInputElement>('input[type="checkbox"]') ?? []) {
    const clash = 'exclusive' in changed.dataset || 'exclusive' in other.dataset;
    if (other !== changed && clash) other.checked = false;
  }
}

// The script may come before the end of the page has.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => followConditions());
else followConditions();
