import { crc32 } from 'node:zlib';

const UTF8 = 0x0800;
const VERSION = 20;
const MOST_FILES = 65_535;
const MOST_BYTES = 0xffff_ffff;

/**
 * An archive of files as they are, uncompressed: PDFs are compressed already (APPNOTE 6.3, PKWARE; names in UTF-8). Each goes out as it is
 * made, so that thousands take no more memory than one; sizes stand before each file, which programs need that read from the front.
 * Together less than 4 GiB and 65,535 files. Errors: RangeError above that.
 */
export async function* zipOf(
  files: AsyncIterable<{ name: string; content: Buffer }>,
  at: Temporal.Instant,
): AsyncGenerator<Buffer> {
  const { year, month, day, hour, minute, second } = at.toZonedDateTimeISO('UTC');
  const time = (hour << 11) | (minute << 5) | (second >> 1);
  const date = ((year - 1980) << 9) | (month << 5) | day;
  const directory: Buffer[] = [];
  let offset = 0;
  let count = 0;
  for await (const { name, content } of files) {
    const label = Buffer.from(name, 'utf8');
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(VERSION, 0);
    facts.writeUInt16LE(UTF8, 2);
    facts.writeUInt16LE(time, 6);
    facts.writeUInt16LE(date, 8);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(content.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(label.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    yield Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), facts, label, content]);
    directory.push(Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([VERSION, 0]), facts, tail, label);
    offset += 4 + facts.length + label.length + content.length;
    count += 1;
    if (count > MOST_FILES || offset > MOST_BYTES) throw new RangeError('too much for an archive');
  }
  const listed = Buffer.concat(directory);
  if (offset + listed.length > MOST_BYTES) throw new RangeError('too large for an archive');
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  yield Buffer.concat([listed, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}
