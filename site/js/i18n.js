// Texts: one message file a language. Every text on a page carries its key in data-t, also those
// written later by script, so that a change of language re-writes the page in place and loses nothing.

/** @typedef {'fr' | 'de' | 'it' | 'en'} Language */
/** @typedef {Record<string, string | number | (() => string)>} Values */

const tags = { fr: 'fr', de: 'de-CH', it: 'it', en: 'en' };
const locales = { fr: 'fr-FR', de: 'de-CH', it: 'it-CH', en: 'en-GB' };

/** @type {Language} */
let current = /** @type {Language} */ (document.documentElement.lang.slice(0, 2));
/** @type {Record<string, string>} */
let messages = await load(current);
/** Values every text may use, such as the service's name. @type {Values} */
const shared = {};
/** @type {WeakMap<Element, Values>} */
const written = new WeakMap();

/** @param {Language} language @returns {Promise<Record<string, string>>} */
async function load(language) {
  const response = await fetch(`/messages/${language}.json`);
  if (!response.ok) throw new Error(`messages ${language}: ${response.status}`);
  return response.json();
}

export const language = () => current;
export const locale = () => locales[current];

/** @param {Values} values */
export function share(values) {
  Object.assign(shared, values);
}

/** @param {string} key */
export function has(key) {
  return key in messages || `${key}.other` in messages;
}

/**
 * The text of a key; with `count` among the values, its plural form.
 * @param {string} key @param {Values} [values]
 */
export function t(key, values = {}) {
  const form = typeof values.count === 'number' && `${key}.other` in messages
    ? `${key}.${new Intl.PluralRules(locale()).select(values.count)}`
    : key;
  const text = messages[form] ?? messages[`${key}.other`] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name] ?? shared[name];
    if (typeof value === 'function') return value();
    return typeof value === 'number' ? value.toLocaleString(locale()) : value ?? whole;
  });
}

/**
 * Writes a text into an element and remembers how, for the next change of language.
 * @template {Element} T @param {T} element @param {string} key @param {Values} [values] @returns {T}
 */
export function say(element, key, values) {
  element.setAttribute('data-t', key);
  if (values) written.set(element, values); else written.delete(element);
  element.textContent = t(key, values);
  return element;
}

/** @param {ParentNode} [root] */
export function translate(root = document) {
  for (const element of root.querySelectorAll('[data-t]')) {
    element.textContent = t(element.getAttribute('data-t') ?? '', written.get(element));
  }
  for (const element of root.querySelectorAll('[data-t-label]')) {
    element.setAttribute('aria-label', t(element.getAttribute('data-t-label') ?? ''));
  }
  root.querySelector('meta[name=description]')?.setAttribute('content', t('home.lead'));
}

/** @type {Language} */
let wanted = current;

/** Of two changes in quick succession the later one counts, whichever file comes first. @param {Language} next */
export async function useLanguage(next) {
  wanted = next;
  const loaded = await load(next);
  if (wanted !== next) return;
  messages = loaded;
  current = next;
  document.documentElement.lang = tags[next];
  try { localStorage.setItem('language', next); } catch { /* remembered for this page only */ }
  translate();
  document.dispatchEvent(new CustomEvent('language'));
}
