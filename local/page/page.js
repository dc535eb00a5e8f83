const byId = (id) => document.getElementById(id);
const getJson = async (path, init) => (await fetch(path, init)).json();
const post = (path, body, headers = {}) => getJson(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

function details(title, text) {
  const element = document.createElement('details');
  const summary = document.createElement('summary');
  const pre = document.createElement('pre');
  summary.textContent = title;
  pre.textContent = text;
  element.append(summary, pre);
  return element;
}

async function refresh() {
  byId('now').textContent = (await getJson('/local/clock')).now;
  const mails = await getJson('/local/mail');
  byId('mails').replaceChildren(...mails.map((mail) => details(`${mail.sentAt}  ${mail.to}: ${mail.subject}`, mail.text)));
  const tables = await getJson('/local/tables');
  byId('tables').replaceChildren(...Object.entries(tables).map(([name, rows]) =>
    details(`${name} (${rows.length})`, JSON.stringify(rows, null, 2))));
}

byId('issue').addEventListener('click', async () => {
  const { issuerKey } = await getJson('/local/credentials');
  const batch = await post('/api/vouchers', { count: 1 }, {
    Authorization: `Bearer ${issuerKey}`,
    'Idempotency-Key': crypto.randomUUID(),
  });
  const [voucher] = batch.vouchers;
  const link = document.createElement('a');
  link.href = voucher.registrationUrl;
  link.textContent = voucher.code;
  byId('voucher').replaceChildren(link);
});

byId('advance').addEventListener('click', async (event) => {
  const { advance } = event.target.dataset;
  if (advance) {
    await post('/local/clock', { advance });
    await refresh();
  }
});

byId('refresh').addEventListener('click', refresh);

const timers = await getJson('/local/timers');
byId('timers').replaceChildren(...timers.map(({ name, schedule }) => {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = name;
  button.addEventListener('click', async () => {
    const { due, processed } = await post(`/local/timers/${name}`, {});
    byId('ran').textContent = `${name}: due ${due}, done ${processed}`;
    await refresh();
  });
  item.append(button, ` ${schedule}`);
  return item;
}));
await refresh();
