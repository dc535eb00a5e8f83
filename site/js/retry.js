// On the offline page: try again when asked, and by itself once the service can be reached. A reload, not a
// link: the address may still hold the secret of a mail's link, which a link would drop.

/** Between two looks for the service: soon enough to notice, seldom enough for a weak line. */
const pause = 4000;

async function reloadWhenBack() {
  try {
    await fetch('/config.json', { method: 'GET', cache: 'no-store' });
    location.reload();
  } catch { /* still offline */ }
}

document.querySelector('#try-again')?.addEventListener('click', () => location.reload());
addEventListener('online', reloadWhenBack);
setInterval(reloadWhenBack, pause);
