import { call } from '../api.js';
import { find, focusOn } from '../dom.js';
import { setUp } from '../form.js';
import { passwordField } from '../password-field.js';
import { explain } from '../problems.js';
import { rememberSession } from '../session.js';
import { arrive, goTo, insteadOf } from '../shell.js';
import { linkToken, notice } from '../store.js';

const token = linkToken.get();
const password = passwordField(/** @type {HTMLInputElement} */ (find('#password')));

insteadOf(find(token ? '#reset' : '#no-link'));

setUp(/** @type {HTMLFormElement} */ (find('#password-form')), {
  check() {
    const problem = password.problem();
    return problem ? [problem] : [];
  },
  async send() {
    const answer = await call('POST', '/api/password-resets/complete', { token, password: password.value() });
    if (!answer.ok) return answer.problem;
    linkToken.forget();
    rememberSession(false);
    notice.leave('reset.done');
    goTo('/login');
  },
  explained(problem) {
    const incomplete = Boolean(problem.errors?.token);
    if (!incomplete && !problem.code.startsWith('reset-')) return false;
    linkToken.forget();
    const box = find('#refused');
    box.replaceChildren(explain(incomplete ? { status: 400, code: 'link-incomplete' } : problem, { level: 'h1' }));
    insteadOf(box);
    focusOn(find('h1', box));
    return true;
  },
});

arrive();
