// Saves a file the service makes, once it is known that it did: a plain link would save an error page.
import { accountHeader, problemOf } from './api.js';
import { make } from './dom.js';

/**
 * @param {string} path @param {string} [name] instead of the name that the service gives
 * @returns {Promise<import('./api.js').Problem | null>}
 */
export async function download(path, name) {
  try {
    const response = await fetch(path, { headers: accountHeader(), cache: 'no-store' });
    if (!response.ok) return await problemOf(response);
    const url = URL.createObjectURL(await response.blob());
    make('a', { href: url, download: name ?? givenName(response) }).click();
    URL.revokeObjectURL(url);
    return null;
  } catch {
    return { status: 0, code: 'offline' };
  }
}

/** The name in Content-Disposition (RFC 6266). Its ending is that of the content. @param {Response} response */
function givenName(response) {
  const [, name = ''] = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  return decodeURIComponent(name);
}
