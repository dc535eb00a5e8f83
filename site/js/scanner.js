// The dialog that looks for a voucher's QR code through the camera or in a picture.
import { codeIn } from './code.js';
import { find, show } from './dom.js';
import { say } from './i18n.js';
import { createReader } from './qr-reader.js';

/** Between two looks at the camera: quick for the hand, easy on an old phone's battery. */
const pause = 120;

/**
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string | null>} the code found, or null when the reader gave up
 */
export async function scan(dialog) {
  const video = /** @type {HTMLVideoElement} */ (find('video', dialog));
  const status = find('.scan-status', dialog);
  const chooser = /** @type {HTMLInputElement} */ (find('input[type=file]', dialog));
  /** @type {MediaStream | undefined} */
  let stream;
  /** @type {string | null} */
  let code = null;
  let isPictureChosen = false;
  const reader = createReader();
  reader.catch(() => say(status, 'scan.noReader'));

  chooser.value = '';
  chooser.onchange = () => readPicture();
  dialog.showModal();
  const closed = new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  watchCamera();
  await closed;
  stream?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  return code;

  /** @param {string[]} texts @returns {boolean} */
  function accept(texts) {
    code = texts.map(codeIn).find((found) => found !== null) ?? null;
    if (code) dialog.close();
    else if (texts.length) say(status, 'scan.notVoucher');
    return code !== null;
  }

  /** Once a picture is chosen, the camera's state no longer matters. @param {string} key */
  function tellOfCamera(key) {
    if (!isPictureChosen) say(status, key);
  }

  async function watchCamera() {
    tellOfCamera('scan.starting');
    show(video, false);
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } });
    } catch (error) {
      tellOfCamera(error instanceof DOMException && error.name === 'NotAllowedError' ? 'scan.blocked' : 'scan.noCamera');
      return;
    }
    if (!dialog.open) return stream.getTracks().forEach((track) => track.stop());
    video.srcObject = stream;
    show(video);
    await video.play();
    tellOfCamera('scan.looking');
    const read = await reader;
    while (dialog.open && !accept(await read(video))) {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async function readPicture() {
    const file = chooser.files?.[0];
    if (!file) return;
    isPictureChosen = true;
    say(status, 'scan.reading');
    try {
      const texts = await (await reader)(await createImageBitmap(file));
      if (!texts.length) say(status, 'scan.nothing'); else accept(texts);
    } catch {
      say(status, 'scan.noPicture');
    }
  }
}
