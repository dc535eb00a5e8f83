// Runs before the first paint, so it is the one script that is not a module. It settles three things
// that would otherwise flicker or leak: the language, what the header shows, and secrets in the address.
(() => {
  const root = document.documentElement;
  const tags = { fr: 'fr', de: 'de-CH', it: 'it', en: 'en' };

  /** Storage throws where cookies are blocked; the site must then still work for one page. */
  const read = (/** @type {string} */ key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };

  const query = new URLSearchParams(location.search);
  const wanted = [query.get('lang'), read('language'), ...navigator.languages, 'fr'];
  const language = wanted.map((tag) => tag?.slice(0, 2).toLowerCase()).find((tag) => tag && tag in tags) ?? 'fr';
  root.lang = tags[/** @type {keyof typeof tags} */ (language)];
  root.dataset.session = read('signed-in') ? 'in' : 'out';
  root.classList.add('pending');

  const preload = document.createElement('link');
  preload.rel = 'preload';
  preload.as = 'fetch';
  preload.crossOrigin = 'anonymous';
  preload.href = `/messages/${language}.json`;
  document.head.append(preload);

  // A code or a token arrives behind the #, which no server ever sees. It moves into the tab's own
  // storage, so that it survives a phone throwing the tab away, and out of the address bar and history.
  const takeSecrets = () => {
    const fragment = new URLSearchParams(location.hash.slice(1));
    let found = false;
    for (const name of ['code', 'token']) {
      const value = fragment.get(name);
      if (value === null) continue;
      found = true;
      try { sessionStorage.setItem(`${name}@${location.pathname}`, value); } catch { root.dataset[name] = value; }
    }
    const asked = query.has('lang');
    if (asked) {
      try { localStorage.setItem('language', language); } catch { /* remembered for this page only */ }
      query.delete('lang');
    }
    if (found || asked) {
      const rest = query.toString();
      history.replaceState(history.state, '', location.pathname + (rest ? `?${rest}` : '') + (found ? '' : location.hash));
    }
    return found;
  };
  takeSecrets();
  addEventListener('hashchange', () => { if (takeSecrets()) location.reload(); });

  // Until the page's module has taken over, a form sent early on a slow line would be lost.
  addEventListener('submit', (event) => { if (root.classList.contains('pending')) event.preventDefault(); }, true);
})();
