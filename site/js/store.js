// What the tab remembers between the steps of a registration, and no longer: it is emptied as soon as
// the step is done, and the browser empties it when the tab closes.

/** @typedef {{ handle: string, email: string, activateBefore: string, accessUntil: string, resendAt: number }} Pending */

/** @param {string} key */
function get(key) {
  try { return sessionStorage.getItem(key); } catch { return null; }
}

/** @param {string} key @param {string | null} value */
function set(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key); else sessionStorage.setItem(key, value);
  } catch { /* without storage each step starts afresh */ }
}

export const voucherCode = {
  /** The code that came in the link or QR code, once. */
  take() {
    const arrived = get('code@/') ?? document.documentElement.dataset.code ?? null;
    set('code@/', null);
    delete document.documentElement.dataset.code;
    return arrived;
  },
  get: () => get('code'),
  /** @param {string} code */
  keep: (code) => set('code', code),
  forget: () => set('code', null),
};

/** The token from the link in a mail, for this page. */
export const linkToken = {
  get: () => get(`token@${location.pathname}`) ?? document.documentElement.dataset.token ?? null,
  forget() {
    set(`token@${location.pathname}`, null);
    delete document.documentElement.dataset.token;
  },
};

export const pending = {
  /** @returns {Pending | null} */
  get: () => JSON.parse(get('pending') ?? 'null'),
  /** @param {Pending} registration */
  keep: (registration) => set('pending', JSON.stringify(registration)),
  forget: () => set('pending', null),
};

export const notice = {
  /** A message for the page that follows. @param {string} key */
  leave: (key) => set('notice', key),
  take() {
    const key = get('notice');
    set('notice', null);
    return key;
  },
};
