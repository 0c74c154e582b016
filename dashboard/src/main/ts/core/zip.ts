const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const DEFLATED = 8;
const LONGEST_COMMENT = 65_535;
const MAX_MANIFEST_BYTES = 1 << 20;

/** Reads one file of a ZIP archive; null when the archive has none of that name. */
export async function readZipEntry(archive: Blob, name: string): Promise<string | null> {
  const tailAt = Math.max(0, archive.size - LONGEST_COMMENT - 22);
  const tail = new DataView(await archive.slice(tailAt).arrayBuffer());
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END_OF_DIRECTORY) {
    end--;
  }
  if (end < 0) {
    throw new Error('The file is not a ZIP archive.');
  }
  const size = tail.getUint32(end + 12, true);
  const start = tail.getUint32(end + 16, true);
  const directory = new DataView(await archive.slice(start, start + size).arrayBuffer());
  for (let at = 0; at + 46 <= directory.byteLength && directory.getUint32(at, true) === ENTRY; ) {
    const nameLength = directory.getUint16(at + 28, true);
    if (new TextDecoder().decode(new Uint8Array(directory.buffer, at + 46, nameLength)) === name) {
      return text(archive, directory, at);
    }
    at += 46 + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
  }
  return null;
}

async function text(archive: Blob, directory: DataView, at: number): Promise<string> {
  const packed = directory.getUint32(at + 20, true);
  if (directory.getUint32(at + 24, true) > MAX_MANIFEST_BYTES) {
    throw new Error('The manifest is larger than 1 MiB.');
  }
  const header = directory.getUint32(at + 42, true);
  const local = new DataView(await archive.slice(header, header + 30).arrayBuffer());
  const from = header + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const content = archive.slice(from, from + packed);
  return directory.getUint16(at + 10, true) === DEFLATED
    ? new Response(content.stream().pipeThrough(new DecompressionStream('deflate-raw'))).text()
    : content.text();
}
