// Runs before the first paint, so it is the one script that is not a module. It settles three things
// that would otherwise flicker or leak: secrets in the address, the language, and what the header shows.
(() => {
  const root = document.documentElement;
  const tags = { fr: 'fr', de: 'de-CH', it: 'it', en: 'en' };

  /** Which page takes which secret. @type {Record<string, 'code' | 'token'>} */
  const takers = { '/': 'code', '/activate': 'token', '/reset': 'token' };
  /** A token is 72 letters, digits, - and _; what follows is of the sentence around the link. */
  const values = { code: /[\w\s\p{Pd}]+/u, token: /[\w-]{1,72}/ };

  /** Storage throws where cookies are blocked; the site must then still work for one page. */
  const read = (/** @type {string} */ key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };

  const decoded = (/** @type {string} */ text) => text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try { return decodeURIComponent(bytes); } catch { return bytes; }
  });

  /**
   * The one reader of links that arrive. A mail program may have encoded the # (once or twice) or the =, wrapped the
   * line, put signs of the sentence at the end or made a long dash of a short one; all of that is undone.
   */
  const arrived = () => {
    const address = decoded(decoded(decoded(location.pathname + location.search + location.hash)));
    const [, start, name, rest] = /^(\/[a-z]*).*?(?<![\w-])(token|code)\s*=(?:3D)*(.*)$/is.exec(address) ?? [];
    const language = /[?&]lang=([a-z]{2})/i.exec(address)?.[1];
    if (!name) return { language };
    const kind = /** @type {'code' | 'token'} */ (name.toLowerCase());
    const path = start.toLowerCase().replace(/^\/index$/, '/');
    if (takers[path] !== kind && !location.hash.includes(name)) return { language };
    // Soft line breaks, invisible signs, dashes.
    const clean = rest.replace(/[=\u00ad\u200b-\u200d\u2060\ufeff]/g, '').replace(/[\u2010-\u2015\u2212]/g, '-');
    const secret = values[kind].exec(kind === 'token' ? clean.replace(/\s/g, '') : clean)?.[0].trim() ?? '';
    return { language, kind, secret, page: takers[path] === kind ? path : location.pathname };
  };

  // A code or a token arrives behind the #, which no server ever sees. It moves into the tab's own
  // storage, so that it survives a phone throwing the tab away, and out of the address bar and history.
  const { language: asked, kind, secret, page } = arrived();
  let kept = true;
  if (kind) {
    try { sessionStorage.setItem(`${kind}@${page}`, secret); } catch { kept = false; }
    if (page === location.pathname) history.replaceState(history.state, '', page);
    if (!kept) root.dataset[kind] = secret;
  }

  const wanted = [asked, read('language'), ...navigator.languages, 'fr'];
  const language = wanted.map((tag) => tag?.slice(0, 2).toLowerCase()).find((tag) => tag && tag in tags) ?? 'fr';
  if (asked) {
    try { localStorage.setItem('language', language); } catch { /* remembered for this page only */ }
  }

  if (kind && page !== location.pathname) {
    // A damaged link led to a page that does not exist; this entry of the history gives way to the right one.
    location.replace(kept ? page : `${page}#${kind}=${secret}`);
  } else if (asked && !kind) {
    const query = new URLSearchParams(location.search);
    query.delete('lang');
    const rest = query.toString();
    history.replaceState(history.state, '', location.pathname + (rest ? `?${rest}` : '') + location.hash);
  }
  // A link opened in a tab that shows the page already: boot again, which takes the secret.
  addEventListener('hashchange', () => { if (arrived().kind) location.reload(); });

  root.lang = tags[/** @type {keyof typeof tags} */ (language)];
  root.dataset.session = read('signed-in') ? 'in' : 'out';
  root.classList.add('pending', 'unready');

  const preload = document.createElement('link');
  preload.rel = 'preload';
  preload.as = 'fetch';
  preload.crossOrigin = 'anonymous';
  preload.href = `/messages/${language}.json`;
  document.head.append(preload);

  // Until the page's module has taken over, a press on a slow line would be lost: the last one is kept and made again.
  // The header's buttons work with the shell, those of the page with its module.
  /** @type {HTMLButtonElement | null} */
  let early = null;
  const isTooEarly = (/** @type {Element} */ button) =>
    root.classList.contains(button.closest('main') ? 'unready' : 'pending');
  const keep = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const button = event.type === 'submit' ? target.querySelector('[type=submit]') : target.closest('button');
    if (!button || !isTooEarly(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    early?.removeAttribute('aria-busy');
    early = /** @type {HTMLButtonElement} */ (button);
    early.setAttribute('aria-busy', 'true');
  };
  addEventListener('click', keep, true);
  addEventListener('submit', keep, true);
  addEventListener('ready', () => {
    const button = early;
    if (!button || isTooEarly(button)) return;
    early = null;
    button.removeAttribute('aria-busy');
    // What the page no longer shows is no longer meant.
    if (button.getClientRects().length) button.click();
  });
})();
