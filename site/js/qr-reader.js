// Reads QR codes with the browser's own detector, or else with a WebAssembly one from this site.

/** @typedef {HTMLVideoElement | ImageBitmap} Picture */
/** @typedef {(picture: Picture) => Promise<string[]>} Reader */

const vendor = '/vendor/zxing-wasm';

/** The longest side given to the WebAssembly reader: enough for a voucher held at arm's length. */
const longestSide = 1280;

/** @returns {Promise<Reader>} */
export async function createReader() {
  return (await nativeReader()) ?? wasmReader();
}

/** @returns {Promise<Reader | null>} */
async function nativeReader() {
  const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
  // Some browsers have the class but no detector behind it.
  const formats = await Detector?.getSupportedFormats().catch(() => []);
  if (!formats?.includes('qr_code')) return null;
  const detector = new Detector({ formats: ['qr_code'] });
  return async (picture) => (await detector.detect(picture)).map((/** @type {{ rawValue: string }} */ found) => found.rawValue);
}

/** @returns {Promise<Reader>} */
async function wasmReader() {
  const zxing = /** @type {typeof import('zxing-wasm/reader')} */ (await import(`${vendor}/es/reader/index.js`));
  await zxing.prepareZXingModule({
    overrides: { locateFile: (/** @type {string} */ file) => `${vendor}/reader/${file}` },
    fireImmediately: true,
  });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  return async (picture) => {
    const [width, height] = 'videoWidth' in picture
      ? [picture.videoWidth, picture.videoHeight]
      : [picture.width, picture.height];
    if (!width || !height) return [];
    const scale = Math.min(1, longestSide / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const image = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = await zxing.readBarcodes(image, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 4 });
    return found.map((symbol) => symbol.text);
  };
}
