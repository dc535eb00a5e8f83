// Packs a folder so that the same files give the same bytes, wherever and whenever:
//   node packaging/zip.mjs FOLDER OUT
// Sorted, all of the time SOURCE_DATE_EPOCH, executable what has no extension, and readable for all.
process.env.TZ = 'UTC';
import { createWriteStream, readdirSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';

const [folder, out] = process.argv.slice(2);
const mtime = new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000);
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(folder, join(entry.parentPath, entry.name)))
  .sort();
const zip = new yazl.ZipFile();
for (const file of files) {
  zip.addFile(join(folder, file), file, { mtime, mode: extname(file) === '' ? 0o100755 : 0o100644 });
}
zip.end();
await pipeline(zip.outputStream, createWriteStream(out));
