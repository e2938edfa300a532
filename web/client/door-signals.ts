// A short sound and a shake tell whoever scans what came of it without looking; they can be switched off, and stay so on the device.

const KEPT = 'door-quiet';
const SOUNDS = { good: [880], bad: [220, 180] } as const;
const SHAKES = { good: [60], bad: [120, 80, 120] } as const;
const LASTS = 0.12;

let audio: AudioContext | undefined;

const quiet = () => localStorage.getItem(KEPT) === '1';

/** Tells that a code let somebody in, or did not. */
export function signal(kind: keyof typeof SOUNDS): void {
  if (quiet()) return;
  document.dispatchEvent(new CustomEvent('door-signal', { detail: kind }));
  navigator.vibrate?.([...SHAKES[kind]]);
  audio ??= new AudioContext();
  const start = audio.currentTime;
  for (const [n, pitch] of SOUNDS[kind].entries()) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.2, start + n * LASTS);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + (n + 1) * LASTS);
    tone.connect(loudness).connect(audio.destination);
    tone.start(start + n * LASTS);
    tone.stop(start + (n + 1) * LASTS);
  }
}

/** The box that switches them. */
export function offerSignals(box: HTMLInputElement): void {
  box.checked = !quiet();
  box.addEventListener('change', () => {
    if (box.checked) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, '1');
    if (box.checked) signal('good');
  });
}
