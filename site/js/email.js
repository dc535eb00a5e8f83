// Points out slips in an e-mail address such as gmial.com. It only asks: the address may be right.

const common = [
  'gmail.com', 'bluewin.ch', 'hotmail.com', 'hotmail.ch', 'hotmail.fr', 'hotmail.it', 'outlook.com', 'outlook.fr',
  'outlook.de', 'outlook.it', 'yahoo.com', 'yahoo.fr', 'yahoo.de', 'yahoo.it', 'ymail.com', 'gmx.ch', 'gmx.net', 'gmx.de',
  'gmx.com', 'icloud.com', 'me.com', 'live.com', 'live.fr', 'live.it', 'sunrise.ch', 'hispeed.ch', 'netplus.ch',
  'swissonline.ch', 'protonmail.com', 'protonmail.ch', 'proton.me', 'pm.me', 'libero.it', 'orange.fr', 'web.de', 'ticino.com',
  'mail.com', 'mail.ch',
];

/** Enough to catch a missing @ or dot; whether the address exists, only a mail can tell. @param {string} text */
export function looksLikeEmail(text) {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text);
}

/** The address the reader may have meant. @param {string} email @returns {string | null} */
export function suggestion(email) {
  const at = email.lastIndexOf('@');
  if (at < 1) return null;
  const domain = email.slice(at + 1).toLowerCase();
  if (common.includes(domain)) return null;
  // In a short name one slip makes another name: pm.me and me.com are no slips of each other.
  const near = common.find((known) => known.length > 5 && distance(domain, known) <= (known.length > 8 ? 2 : 1));
  return near ? email.slice(0, at + 1) + near : null;
}

/** Slips between two words: a wrong, missing, extra letter, or two swapped. @param {string} a @param {string} b */
function distance(a, b) {
  /** @type {number[][]} */
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[a.length][b.length];
}
