// Reads the QR codes of a picture (PNG, PGM): one line of text each. Another program than the one that draws them.
import { readFileSync } from 'node:fs';
import { prepareZXingModule, readBarcodes } from '../../../site/vendor/zxing-wasm/es/reader/index.js';

const wasm = new URL('../../../site/vendor/zxing-wasm/reader/zxing_reader.wasm', import.meta.url);
await prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer }, fireImmediately: true });
const found = await readBarcodes(new Uint8Array(readFileSync(process.argv[2])), { formats: ['QRCode'] });
console.log(found.map((symbol) => symbol.text).join('\n'));
