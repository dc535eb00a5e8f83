// Answers a page opened without a connection with one that says so, instead of the browser's own.
// It keeps that page and nothing else: no text is ever older than the service.
const offline = 'offline-1';
const styles = ['/css/base.css', '/css/layout.css', '/css/forms.css', '/css/components.css'];
const files = ['/offline', ...styles, '/js/retry.js', '/assets/logo.svg'];

const worker = /** @type {any} */ (self);

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil(caches.open(offline).then((cache) => cache.addAll(files)));
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil(caches.keys().then((names) =>
    Promise.all(names.filter((name) => name !== offline).map((name) => caches.delete(name)))));
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  // Asked for by this script, a page of a course no longer looks as if a person had opened it (Sec-Fetch-Dest), and
  // would not be noted as the place where to go on.
  if (pathname.startsWith('/api/')) return;
  const kept = files.includes(pathname);
  if (request.mode !== 'navigate' && !kept) return;
  event.respondWith(fetch(request).catch(async () =>
    (await caches.match(request.mode === 'navigate' ? '/offline' : request)) ?? Response.error()));
});
