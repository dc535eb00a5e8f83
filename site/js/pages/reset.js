import { call } from '../api.js';
import { find } from '../dom.js';
import { setUp } from '../form.js';
import { mailLink } from '../mail-link.js';
import { passwordField } from '../password-field.js';
import { rememberSession } from '../session.js';
import { arrive, goTo } from '../shell.js';
import { linkToken, notice } from '../store.js';

const link = mailLink('#reset', '/api/password-resets/check', ['reset-expired', 'reset-used']);
const password = passwordField(/** @type {HTMLInputElement} */ (find('#password')));

setUp(/** @type {HTMLFormElement} */ (find('#password-form')), {
  check() {
    const problem = password.problem();
    return problem ? [problem] : [];
  },
  async send() {
    const answer = await call('POST', '/api/password-resets/complete', { token: link.token, password: password.value() });
    if (!answer.ok) return answer.problem;
    linkToken.forget();
    rememberSession(false);
    notice.leave('reset.done');
    goTo('/login');
  },
  explained: link.refused,
});

arrive();
