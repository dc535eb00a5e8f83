// What every page needs: texts in the right language, the operator's settings, the header.
import { applyConfig, config } from './config.js';
import { announce, find, focusOn, make, show } from './dom.js';
import { language, say, t, translate, useLanguage } from './i18n.js';
import { logOut } from './session.js';
import { notice } from './store.js';

/** @typedef {import('./i18n.js').Language} Language */

function markLanguage() {
  for (const link of document.querySelectorAll('[data-lang]')) {
    if (link.getAttribute('data-lang') === language()) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

for (const link of document.querySelectorAll('[data-lang]')) {
  link.addEventListener('click', async (event) => {
    event.preventDefault();
    try {
      await useLanguage(/** @type {Language} */ (link.getAttribute('data-lang')));
    } catch {
      announce(t('problem.offline.title'));
    }
  });
}
document.addEventListener('language', () => {
  markLanguage();
  announce(t('nav.languageChanged'));
});

for (const link of document.querySelectorAll('.site-nav a')) {
  if (link.getAttribute('href') === location.pathname) link.setAttribute('aria-current', 'page');
}
find('#log-out').addEventListener('click', logOut);

const connection = make('p', { class: 'connection', role: 'status' });
find('main').before(connection);
function showConnection() {
  if (navigator.onLine) connection.replaceChildren();
  else connection.append(say(make('span'), 'connection.offline'));
}
addEventListener('offline', showConnection);
addEventListener('online', showConnection);

await applyConfig();
markLanguage();
translate();
document.documentElement.classList.remove('pending');
dispatchEvent(new Event('ready'));

/** The page's module has taken over, once what it does in this turn is done: boot.js makes again what was pressed before. */
export function takeOver() {
  queueMicrotask(() => {
    document.documentElement.classList.remove('unready');
    dispatchEvent(new Event('ready'));
  });
}

/** After a step the reader starts at the new heading, told what just happened if something did. */
export function arrive() {
  const key = notice.take();
  const byStep = arrivedByStep();
  const heading = find('h1');
  if (key) heading.before(say(make('p', { class: 'notice', role: 'status' }), key));
  if (key || byStep) focusOn(heading);
  takeOver();
}

/** A click or a sent form on this site led here, not a typed address or a link from elsewhere. */
function arrivedByStep() {
  try {
    const step = sessionStorage.getItem('step') === location.pathname;
    sessionStorage.removeItem('step');
    return step;
  } catch {
    return false;
  }
}

/** @param {string} path */
function rememberStep(path) {
  try { sessionStorage.setItem('step', path); } catch { /* the heading is then not focused */ }
}

/** @param {string} path */
export function goTo(path) {
  rememberStep(path);
  location.assign(path);
}

/**
 * Replaces a page's content by what matters instead, say an expired link.
 * @param {...HTMLElement} shown
 */
export function insteadOf(...shown) {
  for (const section of document.querySelectorAll('[data-step]')) {
    show(section, shown.includes(/** @type {HTMLElement} */ (section)));
  }
}

// A button that leads on is a step too.
document.addEventListener('click', (event) => {
  const link = /** @type {Element} */ (event.target).closest('a.button[href^="/"]');
  if (link) rememberStep(link.getAttribute('href') ?? '');
});

if ('serviceWorker' in navigator && isSecureContext) navigator.serviceWorker.register('/sw.js');

export { config };
