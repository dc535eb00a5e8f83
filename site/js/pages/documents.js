import { call } from '../api.js';
import { announce, find, focusOn, make, show } from '../dom.js';
import { download } from '../download.js';
import { lastDay, shortDate, size } from '../format.js';
import { say, t } from '../i18n.js';
import { explain } from '../problems.js';
import { isLeaving, loadProfile, showDaysLeft } from '../signed-in.js';
import { arrive, insteadOf } from '../shell.js';
import { upload } from '../upload.js';

/**
 * @typedef {{ name: string, size: number, type: string, modifiedAt: string, etag: string }} StoredDocument
 * @typedef {{ documents: StoredDocument[], usedBytes: number, limitBytes: number, damaged?: number }} Documents
 * @typedef {import('../api.js').Problem} Problem
 */

const list = find('#documents');
const answerBox = find('#answer');
const chooser = /** @type {HTMLInputElement} */ (find('#files'));
/** @type {StoredDocument[]} */
let documents = [];

// Before anything is waited for: a file may be chosen while the page is still loading.
chooser.addEventListener('change', async () => {
  for (const file of chooser.files ?? []) await send(file);
  chooser.value = '';
});

find('#download-all').addEventListener('click', async () => {
  const problem = await download('/api/documents.zip', t('documents.zipFile'));
  if (problem) tellProblem(problem);
});

const profile = await loadProfile();
if (profile) {
  showDaysLeft(profile);
  say(find('#reminder'), 'documents.reminder', { date: () => lastDay(profile.accessUntil) });
  await refresh();
  insteadOf(find('#content'));
  arrive();
}

async function refresh() {
  const answer = await /** @type {typeof call<Documents>} */ (call)('GET', '/api/documents');
  show(find('#store'), answer.ok);
  if (!answer.ok) return tellProblem(answer.problem);
  ({ documents } = answer.data);
  const { usedBytes, limitBytes, damaged = 0 } = answer.data;
  say(find('#used'), 'documents.used', { used: () => size(usedBytes), limit: () => size(limitBytes) });
  list.replaceChildren(...documents.map(row));
  show(find('#empty'), documents.length + damaged === 0);
  say(find('#damaged'), 'documents.damaged', { count: damaged });
  show(find('#damaged'), damaged > 0);
  show(find('#download-all'), documents.length > 0);
}

/** @param {StoredDocument} document */
function row(document) {
  const path = `/api/documents/${encodeURIComponent(document.name)}`;
  const facts = { size: () => size(document.size), date: () => shortDate(document.modifiedAt) };
  const save = make('a', { href: path, download: document.name, class: 'button secondary' }, say(make('span'), 'documents.download'), named(document));
  const remove = make('button', { type: 'button', class: 'secondary' }, say(make('span'), 'documents.remove'), named(document));
  save.addEventListener('click', async (event) => {
    event.preventDefault();
    const problem = await download(path);
    if (problem) tellProblem(problem);
  });
  remove.addEventListener('click', async () => {
    if (!(await confirmed('documents.removeAsk', document.name))) return;
    const answer = await call('DELETE', path, undefined, { 'If-Match': document.etag });
    if (!answer.ok) return tellProblem(answer.problem);
    tell('documents.removed', document.name);
    await refresh();
    focusOn(find('#documents-heading'));
  });
  return make('li', {},
    make('span', {}, make('strong', {}, document.name), say(make('span'), 'documents.facts', facts)),
    make('span', { class: 'actions' }, save, remove));
}

/** The name a button is about, for those who hear the buttons one by one. @param {StoredDocument} document */
function named(document) {
  return make('span', { class: 'visually-hidden' }, ` ${document.name}`);
}

/** @param {File} file */
async function send(file) {
  const known = documents.find((document) => visible(document.name) === visible(file.name));
  if (known && !(await confirmed('documents.replaceAsk', file.name))) return;
  const bar = find('#progress');
  const progress = /** @type {HTMLProgressElement} */ (find('progress', bar));
  say(find('label', bar), 'documents.sending', { name: file.name });
  show(bar);
  const problem = await upload(file, known ? { ifMatch: known.etag } : { isNew: true }, (share) => { progress.value = share; });
  show(bar, false);
  if (problem) return tellProblem(problem);
  tell('documents.sent', file.name);
  await refresh();
}

/** As the service compares names: a Mac writes "ü" in two characters, and some characters nobody sees. @param {string} name */
function visible(name) {
  return name.replace(/\p{Cf}/gu, '').normalize('NFC').trim();
}

/** @param {string} key @param {string} name @returns {Promise<boolean>} */
function confirmed(key, name) {
  const dialog = /** @type {HTMLDialogElement} */ (find('#confirm-dialog'));
  say(find('p', dialog), key, { name });
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}

/** @param {string} key @param {string} name */
function tell(key, name) {
  answerBox.replaceChildren(say(make('p', { class: 'notice' }), key, { name }));
  announce(t(key, { name }));
}

/** @param {Problem} problem */
function tellProblem(problem) {
  if (isLeaving(problem)) return;
  answerBox.replaceChildren(explain(problem));
  focusOn(find('h2', answerBox));
}
