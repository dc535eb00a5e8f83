import { call } from '../api.js';
import { find } from '../dom.js';
import { setUp } from '../form.js';
import { mailLink } from '../mail-link.js';
import { passwordField } from '../password-field.js';
import { rememberSession } from '../session.js';
import { arrive, goTo } from '../shell.js';
import { linkToken, notice, pending } from '../store.js';

const link = mailLink('#activate', '/api/activations/check', ['activation-expired', 'activation-used', 'account-exists']);
const password = passwordField(/** @type {HTMLInputElement} */ (find('#password')), () => {
  const email = pending.get()?.email;
  return email ? [email, ...email.split(/[@.]/)] : [];
});
// A password manager files the password under the address, when this tab knows it.
/** @type {HTMLInputElement} */ (find('#username')).value = pending.get()?.email ?? '';

setUp(/** @type {HTMLFormElement} */ (find('#password-form')), {
  check() {
    const problem = password.problem();
    return problem ? [problem] : [];
  },
  async send() {
    const answer = await call('POST', '/api/activations', { token: link.token, password: password.value() });
    if (!answer.ok) return answer.problem;
    linkToken.forget();
    pending.forget();
    rememberSession(true);
    notice.leave('activate.done');
    goTo('/training');
  },
  explained: link.refused,
});

arrive();
