// Voucher codes: Crockford base32, fifteen symbols and a check symbol over GF(32) that catches every
// single wrong symbol and every swap of two. So a slip is told at once, without asking the service.

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const codeLength = 16;

/** Letters people read for digits. @type {Record<string, string>} */
const lookalikes = { O: '0', I: '1', L: '1' };

/** Upper case, no spaces or dashes, look-alikes folded; other characters stay, to be pointed out. @param {string} text */
export function normalise(text) {
  return text.toUpperCase().replace(/[\s\p{Pd}]/gu, '').replace(/[OIL]/g, (letter) => lookalikes[letter]);
}

/** @param {string} code normalised */
export function grouped(code) {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** The first character that no code contains. @param {string} code normalised */
export function strangeSymbol(code) {
  return [...code].find((symbol) => !alphabet.includes(symbol));
}

/** Multiplication by 2 in GF(32) with x^5 + x^2 + 1. @param {number} value */
const double = (value) => (value & 16 ? (value << 1) ^ 0b100101 : value << 1);

/** @param {string} code normalised */
export function isWellFormed(code) {
  if (code.length !== codeLength || strangeSymbol(code)) return false;
  // Horner's rule from the last symbol: sum of alpha^i * s[i].
  let sum = 0;
  for (let i = codeLength - 1; i >= 0; i--) sum = double(sum) ^ alphabet.indexOf(code[i]);
  return sum === 0;
}

/** The code in a scanned or pasted text: a link's fragment, or the code alone. @param {string} text */
export function codeIn(text) {
  const inLink = /[#&?]code=([^&\s]+)/.exec(text);
  const code = normalise(inLink ? decodeURIComponent(inLink[1]) : text);
  return isWellFormed(code) ? code : null;
}
