// A part of a page that changes by itself is fetched again: `data-refresh` says after how many milliseconds. It stops where the
// part no longer asks for it, and waits while nobody looks.

export function refreshParts(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-refresh][id]')) {
    setTimeout(() => void refresh(part), Number(part.dataset.refresh));
  }
}

async function refresh(part: HTMLElement): Promise<void> {
  try {
    if (!document.hidden) {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById(part.id);
      if (!answer.ok || !fresh) return;
      // What can be done changes with it: once it is over, the whole page is another.
      if (!fresh.dataset.refresh) return location.reload();
      part.replaceChildren(...fresh.childNodes);
    }
  } catch {
    // no connection at the moment
  }
  setTimeout(() => void refresh(part), Number(part.dataset.refresh));
}
