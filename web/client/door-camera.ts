// The camera of a door: codes are read by the browser itself where it can, else by a reader of our own.

type Reading = (video: HTMLVideoElement) => Promise<string | undefined>;

interface Detector {
  detect(of: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type Detectors = { new (of: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> };

// Wide enough for a code at arm's length, small enough for an old phone.
const WIDEST = 640;
const PAUSE = 150;
// The same code is told again only when it was out of sight for so long, in milliseconds.
const FORGETS = 3000;

async function readingHere(reader: string): Promise<Reading> {
  const { BarcodeDetector: Made } = window as unknown as { BarcodeDetector?: Detectors };
  const formats = Made ? await Made.getSupportedFormats().catch(() => []) : [];
  if (Made && formats.includes('qr_code')) {
    const detector = new Made({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue;
  }
  const { read } = (await import(reader)) as { read: (picture: ImageData) => string | undefined };
  const canvas = document.createElement('canvas');
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    if (!brush || video.videoWidth === 0) return undefined;
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    brush.drawImage(video, 0, 0, canvas.width, canvas.height);
    return read(brush.getImageData(0, 0, canvas.width, canvas.height));
  };
}

/** Offers the camera, if there is one: `look` hears each code that it reads, once while the code is in sight. */
export function offerCamera(
  { toggle, video }: { toggle: HTMLButtonElement; video: HTMLVideoElement },
  { reader, refusal }: { reader: string; refusal: string },
  look: (code: string) => Promise<void>,
): void {
  if (!navigator.mediaDevices) return;
  toggle.hidden = false;
  toggle.addEventListener('click', async () => {
    const running = video.srcObject as MediaStream | null;
    toggle.setAttribute('aria-pressed', String(!running));
    if (running) {
      for (const track of running.getTracks()) track.stop();
      video.srcObject = null;
      video.hidden = true;
      return;
    }
    const [stream, reading] = await Promise.all([
      navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).catch(() => undefined),
      readingHere(reader).catch(() => undefined),
    ]);
    // Nobody is asked twice: without a camera codes are typed.
    if (!stream || !reading) {
      toggle.textContent = refusal;
      toggle.disabled = true;
      return;
    }
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    await watch(video, reading, look);
  });
}

async function watch(video: HTMLVideoElement, reading: Reading, look: (code: string) => Promise<void>): Promise<void> {
  let last = '';
  let seenAt = 0;
  while (video.srcObject) {
    const code = await reading(video);
    const now = performance.now();
    if (code && (code !== last || now - seenAt > FORGETS)) await look(code);
    if (code) [last, seenAt] = [code, now];
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
