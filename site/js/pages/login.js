import { call } from '../api.js';
import { find, focusOn } from '../dom.js';
import { emailField } from '../email-field.js';
import { setUp } from '../form.js';
import { passwordField } from '../password-field.js';
import { explain } from '../problems.js';
import { destination, rememberSession } from '../session.js';
import { arrive, goTo, insteadOf } from '../shell.js';

const email = emailField(/** @type {HTMLInputElement} */ (find('#email')));
const password = passwordField(/** @type {HTMLInputElement} */ (find('#password')));

setUp(/** @type {HTMLFormElement} */ (find('#login-form')), {
  check: () => [email.problem(), password.problem()].filter((problem) => problem !== null),
  async send() {
    const answer = await call('POST', '/api/sessions', { email: email.value(), password: password.value() });
    if (!answer.ok) return answer.problem;
    rememberSession(true);
    goTo(destination());
  },
  explained(problem) {
    if (problem.code !== 'account-expired') return false;
    const box = find('#expired');
    box.replaceChildren(explain(problem, { level: 'h1' }));
    insteadOf(box);
    focusOn(find('h1', box));
    return true;
  },
});

arrive();
