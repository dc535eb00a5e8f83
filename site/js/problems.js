// Every refusal in words a person can act on: what is the matter, since or until when, what to do next.
import { countdown } from './countdown.js';
import { announce, make } from './dom.js';
import { dateAndTime, lastDay, wait } from './format.js';
import { has, say, t } from './i18n.js';

/** @typedef {import('./api.js').Problem} Problem */

/** The right next step for each refusal that has one. @type {Record<string, [href: string, key: string][]>} */
const nextSteps = {
  'voucher-used': [['/login', 'action.login'], ['/forgot', 'action.forgot']],
  'voucher-pending': [['/details', 'action.sameVoucher']],
  'registration-ended': [['/', 'action.enterCode']],
  'activation-expired': [['/', 'action.registerAgain']],
  'activation-used': [['/login', 'action.login'], ['/forgot', 'action.forgot']],
  'account-exists': [['/login', 'action.login'], ['/forgot', 'action.forgot']],
  'account-expired': [['/', 'action.newVoucher']],
  'other-account': [['/login', 'action.login'], ['/training', 'action.otherAccount']],
  'session-required': [['/login', 'action.login']],
  'credentials-wrong': [['/forgot', 'action.forgot']],
  'reset-expired': [['/forgot', 'action.newLink']],
  'reset-used': [['/login', 'action.login'], ['/forgot', 'action.newLink']],
};

/** The date that belongs to a refusal. @param {Problem} problem */
function when(problem) {
  if (problem.code === 'account-expired') return problem.expiredAt && lastDay(problem.expiredAt);
  const instant = problem.pendingUntil ?? problem.expiredAt ?? problem.usedAt;
  return instant && dateAndTime(instant);
}

/** The key under which a refusal is explained; one we do not know is explained by its kind. @param {Problem} problem */
export function explanation(problem) {
  // A link is dead for another reason than its time when the service names no time.
  if (problem.code === 'activation-expired' && !problem.expiredAt) return 'problem.activation-replaced';
  const name = problem.code === 'invalid-request' && `problem.document-name.${problem.errors?.name?.[0]}`;
  if (name && has(`${name}.title`)) return name;
  const type = problem.code === 'document-type-not-allowed' && `problem.document-type.${problem.reason}`;
  if (type && has(`${type}.title`)) return type;
  if (has(`problem.${problem.code}.title`)) return `problem.${problem.code}`;
  if (problem.status === 429) return 'problem.too-many-attempts';
  return problem.status >= 500 ? 'problem.service-unavailable' : 'problem.unexpected';
}

/** @param {Problem} problem @param {{ level?: 'h1' | 'h2' }} [options] @returns {HTMLElement} */
export function explain(problem, { level = 'h2' } = {}) {
  const key = explanation(problem);
  const heading = say(make(level, { tabindex: '-1' }), `${key}.title`);
  const box = make('div', { class: 'notice problem', 'data-code': problem.code }, heading);
  if (when(problem) && has(`${key}.when`)) {
    box.append(say(make('p', { class: 'when' }), `${key}.when`, { when: () => when(problem) ?? '' }));
  }
  box.append(say(make('p'), `${key}.text`));
  const { deletedAtLatest, retryAfter } = problem;
  if (deletedAtLatest && has(`${key}.deleted`)) {
    box.append(say(make('p'), `${key}.deleted`, { date: () => lastDay(deletedAtLatest) }));
  }
  if (retryAfter) box.append(waiting(retryAfter));
  const links = nextSteps[problem.code]?.map(([href, label], index) =>
    say(make('a', { href, class: index ? 'button secondary' : 'button' }), label));
  if (links) box.append(make('p', { class: 'actions' }, ...links));
  return box;
}

/** The time left, counted down; a screen reader hears its end, not every second. @param {number} seconds */
function waiting(seconds) {
  const line = make('p', { class: 'when' });
  countdown(Date.now() + seconds * 1000, (left) => {
    say(line, left ? 'problem.wait' : 'problem.waitOver', { wait: () => wait(left) });
    if (!left && line.isConnected) announce(t('problem.waitOver'));
  });
  return line;
}
