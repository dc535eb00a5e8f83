import { call } from '../api.js';
import { announce, find, focusOn } from '../dom.js';
import { download } from '../download.js';
import { lastDay } from '../format.js';
import { setUp } from '../form.js';
import { say, t, useLanguage } from '../i18n.js';
import { passwordField } from '../password-field.js';
import { explain } from '../problems.js';
import { rememberSession } from '../session.js';
import { showSessions } from '../sessions.js';
import { endsPage, isLeaving, loadProfile, showDaysLeft } from '../signed-in.js';
import { arrive, config, goTo, insteadOf } from '../shell.js';
import { notice } from '../store.js';

/** @typedef {import('../session.js').Profile} Profile */

const profile = await loadProfile();
if (profile) {
  showDaysLeft(profile);
  showDetails(profile);
  setUpPassword(profile);
  setUpExport();
  setUpErase();
  await showSessions(find('#sessions'));
  insteadOf(find('#content'));
  arrive();
}

/** @param {string} key @param {HTMLElement} place */
function tell(key, place) {
  say(place, key);
  announce(t(key));
}

/** @param {Profile} profile */
function showDetails(profile) {
  const name = /** @type {HTMLInputElement} */ (find('#name'));
  const language = /** @type {HTMLSelectElement} */ (find('#language'));
  say(find('#email'), 'account.emailValue', { email: profile.email });
  say(find('#deleted-at'), 'account.deletedAtLatest', { date: () => lastDay(profile.deletedAtLatest) });
  name.value = profile.name;
  for (const option of language.options) option.hidden = option.disabled = !config.languages.includes(option.value);
  language.value = profile.language;

  setUp(/** @type {HTMLFormElement} */ (find('#details-form')), {
    check: () => (name.value.trim() ? [] : [{ field: name, key: 'field.name.missing' }]),
    async send() {
      find('#details-saved').textContent = '';
      const changed = { name: name.value.trim(), language: language.value };
      const answer = await call('PATCH', '/api/profile', changed);
      if (!answer.ok) return answer.problem;
      if (changed.language !== profile.language) {
        profile.language = /** @type {import('../i18n.js').Language} */ (changed.language);
        await useLanguage(profile.language);
      }
      tell('account.saved', find('#details-saved'));
    },
    explained: isLeaving,
  });
}

/** @param {Profile} profile */
function setUpPassword(profile) {
  const personal = () => [profile.email, ...profile.email.split(/[@.]/), ...profile.name.split(/\s+/)];
  const current = passwordField(/** @type {HTMLInputElement} */ (find('#current-password')));
  const next = passwordField(/** @type {HTMLInputElement} */ (find('#new-password')), personal);
  const form = /** @type {HTMLFormElement} */ (find('#password-form'));
  const handlers = setUp(form, {
    check: () => [current.problem(), next.problem()].filter((problem) => problem !== null),
    async send() {
      find('#password-saved').textContent = '';
      const body = { currentPassword: current.value(), newPassword: next.value() };
      const answer = await call('POST', '/api/profile/password', body);
      if (!answer.ok) return answer.problem;
      form.reset();
      tell('account.passwordChanged', find('#password-saved'));
      await showSessions(find('#sessions'));
    },
    explained(problem) {
      if (problem.code !== 'credentials-wrong') return isLeaving(problem);
      handlers.showErrors([{ field: /** @type {HTMLInputElement} */ (find('#current-password')), key: 'password.wrong' }]);
      return true;
    },
  });
}

function setUpExport() {
  const place = find('#export-answer');
  find('#export').addEventListener('click', async () => {
    tell('account.exporting', place);
    const problem = await download('/api/profile/export', t('account.exportFile'));
    if (!problem) return tell('account.exported', place);
    if (isLeaving(problem)) return;
    place.replaceChildren(explain(problem));
    focusOn(find('h2', place));
  });
}

function setUpErase() {
  const dialog = /** @type {HTMLDialogElement} */ (find('#erase-dialog'));
  const password = passwordField(/** @type {HTMLInputElement} */ (find('#erase-password')));
  find('#erase').addEventListener('click', () => dialog.showModal());
  find('[data-close]', dialog).addEventListener('click', () => dialog.close());
  const handlers = setUp(/** @type {HTMLFormElement} */ (find('form', dialog)), {
    check() {
      const problem = password.problem();
      return problem ? [problem] : [];
    },
    async send() {
      const answer = await call('POST', '/api/profile/erase', { password: password.value() });
      if (!answer.ok) return answer.problem;
      rememberSession(false);
      notice.leave('account.erased');
      goTo('/');
    },
    explained(problem) {
      if (problem.code === 'credentials-wrong') {
        handlers.showErrors([{ field: /** @type {HTMLInputElement} */ (find('#erase-password')), key: 'password.wrong' }]);
        return true;
      }
      if (endsPage(problem)) dialog.close();
      return isLeaving(problem);
    },
  });
}
