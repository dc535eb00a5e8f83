import { call } from '../api.js';
import { find, focusOn } from '../dom.js';
import { emailField } from '../email-field.js';
import { setUp } from '../form.js';
import { say } from '../i18n.js';
import { arrive, insteadOf } from '../shell.js';

const email = emailField(/** @type {HTMLInputElement} */ (find('#email')));

setUp(/** @type {HTMLFormElement} */ (find('#forgot-form')), {
  check() {
    const problem = email.problem();
    return problem ? [problem] : [];
  },
  async send() {
    const answer = await call('POST', '/api/password-resets', { email: email.value() });
    if (!answer.ok) return answer.problem;
    say(find('#sent-to'), 'forgot.sent.text', { email: email.value() });
    insteadOf(find('#sent'));
    focusOn(find('#sent h1'));
  },
});

arrive();
