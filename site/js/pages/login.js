import { call } from '../api.js';
import { find, focusOn } from '../dom.js';
import { emailField } from '../email-field.js';
import { setUp } from '../form.js';
import { passwordField } from '../password-field.js';
import { explain } from '../problems.js';
import { returnAddress } from '../return-address.js';
import { rememberSession } from '../session.js';
import { arrive, goTo, insteadOf } from '../shell.js';

/** The page that somebody was sent here from; anything in the address that is no page of this site is ignored. */
const next = returnAddress(new URLSearchParams(location.search).get('next'));

const email = emailField(/** @type {HTMLInputElement} */ (find('#email')));
const password = passwordField(/** @type {HTMLInputElement} */ (find('#password')));

setUp(/** @type {HTMLFormElement} */ (find('#login-form')), {
  check: () => [email.problem(), password.problem()].filter((problem) => problem !== null),
  async send() {
    const answer = await call('POST', '/api/sessions', { email: email.value(), password: password.value() });
    if (!answer.ok) return answer.problem;
    rememberSession(true);
    goTo(next ?? '/training');
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

/** A link in a mail leads to a course without the cookie, though there is a session that opens it. */
async function isSignedInAlready() {
  if (document.documentElement.dataset.session !== 'in') return false;
  const answer = await call('GET', '/api/profile');
  if (!answer.ok && answer.problem.code === 'session-required') rememberSession(false);
  return answer.ok;
}

if (next && await isSignedInAlready()) location.replace(next); else arrive();
