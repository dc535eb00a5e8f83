import { call } from '../api.js';
import { find, focusOn } from '../dom.js';
import { setUp } from '../form.js';
import { passwordField } from '../password-field.js';
import { explain } from '../problems.js';
import { rememberSession } from '../session.js';
import { arrive, goTo, insteadOf } from '../shell.js';
import { linkToken, notice, pending } from '../store.js';

/** Refusals after which this link leads nowhere, so that the form makes no sense any more. */
const final = ['activation-expired', 'activation-used', 'account-exists'];

const token = linkToken.get();
const password = passwordField(/** @type {HTMLInputElement} */ (find('#password')), () => {
  const email = pending.get()?.email;
  return email ? [email, ...email.split(/[@.]/)] : [];
});
// A password manager files the password under the address, when this tab knows it.
/** @type {HTMLInputElement} */ (find('#username')).value = pending.get()?.email ?? '';

insteadOf(find(token ? '#activate' : '#no-link'));

setUp(/** @type {HTMLFormElement} */ (find('#password-form')), {
  check() {
    const problem = password.problem();
    return problem ? [problem] : [];
  },
  async send() {
    const answer = await call('POST', '/api/activations', { token, password: password.value() });
    if (!answer.ok) return answer.problem;
    linkToken.forget();
    pending.forget();
    rememberSession(true);
    notice.leave('activate.done');
    goTo('/training');
  },
  explained(problem) {
    const incomplete = Boolean(problem.errors?.token);
    if (!incomplete && !final.includes(problem.code)) return false;
    linkToken.forget();
    const box = find('#refused');
    box.replaceChildren(explain(incomplete ? { status: 400, code: 'link-incomplete' } : problem, { level: 'h1' }));
    insteadOf(box);
    focusOn(find('h1', box));
    return true;
  },
});

arrive();
