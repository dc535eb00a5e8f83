// The session itself is a cookie no script can read. This remembers only that there is one, so that
// the header is right at once and a page for strangers asks the service nothing.
import { call } from './api.js';
import { notice } from './store.js';

/**
 * @typedef {object} Profile
 * @property {string} accountId
 * @property {string} name
 * @property {string} email
 * @property {import('./i18n.js').Language} language
 * @property {string} enteredAt
 * @property {string} accessUntil
 * @property {number} daysLeft
 * @property {string} deletedAtLatest
 * @property {string} [trainingPlace] the page of the training opened last, below /api/training/
 */

/** @param {boolean} signedIn */
export function rememberSession(signedIn) {
  try {
    if (signedIn) localStorage.setItem('signed-in', '1'); else localStorage.removeItem('signed-in');
  } catch { /* the header then shows the way in, which still works */ }
  document.documentElement.dataset.session = signedIn ? 'in' : 'out';
}

export function toLogin() {
  rememberSession(false);
  notice.leave('login.needed');
  location.replace(`/login?next=${encodeURIComponent(location.pathname)}`);
}

export async function logOut() {
  await call('DELETE', '/api/sessions/current');
  rememberSession(false);
  notice.leave('login.loggedOut');
  location.assign('/login');
}
