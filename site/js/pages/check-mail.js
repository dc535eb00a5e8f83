import { call } from '../api.js';
import { countdown } from '../countdown.js';
import { announce, find, focusOn } from '../dom.js';
import { emailField } from '../email-field.js';
import { dateAndTime, wait } from '../format.js';
import { setUp } from '../form.js';
import { say, t } from '../i18n.js';
import { explain } from '../problems.js';
import { arrive, goTo, insteadOf } from '../shell.js';
import { notice, pending } from '../store.js';

/** @typedef {import('../api.js').Problem} Problem */

/** The service allows one mail a minute. */
const pauseBetweenMails = 60_000;

const registration = pending.get();
insteadOf(find(registration ? '#check-mail' : '#nothing'));
if (registration) setUpPage(registration);
arrive();

/** @param {import('../store.js').Pending} registration */
function setUpPage(registration) {
  const resend = /** @type {HTMLButtonElement} */ (find('#resend'));
  const resendWait = find('#resend-wait');
  const answerBox = find('#answer');
  const correction = /** @type {HTMLDetailsElement} */ (find('#correction'));
  const email = emailField(/** @type {HTMLInputElement} */ (find('#email')));
  const dialog = /** @type {HTMLDialogElement} */ (find('#cancel-dialog'));
  let stopCountdown = () => {};

  say(find('#address'), 'checkMail.address', { email: () => registration.email });
  say(find('#until'), 'checkMail.until', { when: () => dateAndTime(registration.activateBefore) });
  waitToResend(registration.resendAt);

  /** @param {number} until */
  function waitToResend(until) {
    pending.keep(Object.assign(registration, { resendAt: until }));
    stopCountdown();
    stopCountdown = countdown(until, (left) => {
      resend.disabled = left > 0;
      if (left) say(resendWait, 'checkMail.resendIn', { wait: () => wait(left) });
      else resendWait.textContent = '';
    });
  }

  /** @param {string} key */
  function tell(key) {
    say(answerBox, key, { email: registration.email });
    announce(t(key, { email: registration.email }));
  }

  /** @param {Problem} problem */
  function ended(problem) {
    if (problem.code !== 'registration-ended') return false;
    pending.forget();
    const box = find('#ended');
    box.replaceChildren(explain(problem, { level: 'h1' }));
    insteadOf(box);
    focusOn(find('h1', box));
    return true;
  }

  resend.addEventListener('click', async () => {
    resend.disabled = true;
    const answer = await call('POST', '/api/registrations/resend', { handle: registration.handle });
    if (answer.ok) {
      tell('checkMail.resent');
      return waitToResend(Date.now() + pauseBetweenMails);
    }
    if (ended(answer.problem)) return;
    answerBox.replaceChildren(explain(answer.problem));
    focusOn(find('h2', answerBox));
    waitToResend(Date.now() + (answer.problem.retryAfter ?? 0) * 1000);
  });

  setUp(/** @type {HTMLFormElement} */ (find('#correct-form')), {
    check() {
      const problem = email.problem();
      return problem ? [problem] : [];
    },
    async send() {
      const { handle } = registration;
      const answer = await call('POST', '/api/registrations/correct-email', { handle, email: email.value() });
      if (!answer.ok) return answer.problem;
      registration.email = email.value();
      say(find('#address'), 'checkMail.address', { email: () => registration.email });
      correction.open = false;
      tell('checkMail.corrected');
      waitToResend(Date.now() + pauseBetweenMails);
      focusOn(find('h1'));
    },
    explained: ended,
  });

  find('#cancel').addEventListener('click', () => dialog.showModal());
  setUp(/** @type {HTMLFormElement} */ (find('form', dialog)), {
    check: () => [],
    async send() {
      const answer = await call('POST', '/api/registrations/cancel', { handle: registration.handle });
      if (!answer.ok && answer.problem.code !== 'registration-ended') return answer.problem;
      pending.forget();
      notice.leave('checkMail.cancelled');
      goTo('/');
    },
  });
  find('[data-close]', dialog).addEventListener('click', () => dialog.close());
}
