// On the offline page: try again when asked, and by itself as soon as there is a connection. A reload,
// not a link: the address may still hold the secret of a mail's link, which a link would drop.
document.querySelector('#try-again')?.addEventListener('click', () => location.reload());
addEventListener('online', () => location.reload());
