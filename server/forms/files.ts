import type { FileKind } from './definition.ts';

/** What a file of each kind may be, by what its first bytes say (file-type's word for it). */
export const MEDIA_TYPES: Record<FileKind, readonly string[]> = {
  pdf: ['application/pdf'],
  image: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/heic', 'image/tiff'],
  document: [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.oasis.opendocument.text',
    'application/x-cfb',
    'application/rtf',
  ],
  spreadsheet: [
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.oasis.opendocument.spreadsheet',
  ],
  presentation: [
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.oasis.opendocument.presentation',
  ],
  audio: ['audio/mpeg', 'audio/ogg', 'audio/mp4', 'audio/x-m4a', 'audio/flac', 'audio/wav', 'audio/ogg; codecs=opus'],
  video: ['video/mp4', 'video/webm', 'video/quicktime'],
  archive: ['application/zip'],
};

export const DEFAULT_KINDS: readonly FileKind[] = ['pdf', 'image', 'document'];
export const DEFAULT_BYTES = 10_000_000;

/** Whether a file of this media type is one of these kinds. */
export function isAccepted(mediaType: string, kinds: readonly FileKind[]): boolean {
  return kinds.some((kind) => MEDIA_TYPES[kind].includes(mediaType));
}

/** A size as read: `10 MB`. */
export function sizeInWords(bytes: number, language: string): string {
  const [value, unit] =
    bytes >= 1_000_000 ? [bytes / 1_000_000, 'megabyte'] : bytes >= 1000 ? [bytes / 1000, 'kilobyte'] : [bytes, 'byte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);
}
