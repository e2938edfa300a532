import { decodeQR } from 'qr/decode.js';

// Where the browser reads no codes itself (Safari, Firefox): this is fetched when the camera is first asked for there.

/** What the code in a picture says; undefined when there is none to be read. */
export function read(picture: ImageData): string | undefined {
  try {
    return decodeQR(picture);
  } catch {
    // Most pictures of a camera show no code: that is no error.
    return undefined;
  }
}
