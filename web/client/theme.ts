// Light, dark, or as the device has it. The script blocks the first drawing (`blocking=render`), so a chosen theme does not flash.

const KEY = 'theme';

/** Puts the remembered theme on the page, and lets the switch in the footer change it. */
export function rememberTheme(): void {
  set(remembered());
}

/** The switch does nothing without the script, so only the script shows it. */
export function showThemeSwitch(): void {
  for (const area of document.querySelectorAll<HTMLElement>('[data-theme-switch]')) {
    area.hidden = false;
    for (const input of area.querySelectorAll<HTMLInputElement>('input')) {
      input.checked = input.value === remembered();
      input.addEventListener('change', () => {
        localStorage.setItem(KEY, input.value);
        set(input.value);
      });
    }
  }
}

function set(theme: string): void {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

// Storage may be forbidden altogether.
function remembered(): string {
  try {
    return localStorage.getItem(KEY) ?? 'auto';
  } catch {
    return 'auto';
  }
}
