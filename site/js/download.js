// Saves a file the service makes, once it is known that it did: a plain link would save an error page.
import { accountHeader, problemOf } from './api.js';
import { make } from './dom.js';

/** @param {string} path @param {string} name @returns {Promise<import('./api.js').Problem | null>} */
export async function download(path, name) {
  try {
    const response = await fetch(path, { headers: accountHeader(), cache: 'no-store' });
    if (!response.ok) return await problemOf(response);
    const url = URL.createObjectURL(await response.blob());
    make('a', { href: url, download: name }).click();
    URL.revokeObjectURL(url);
    return null;
  } catch {
    return { status: 0, code: 'offline' };
  }
}
