// The page that a link in a mail opens. Before a password is typed it shows for which account the link is, or why
// the link no longer works.
import { call } from './api.js';
import { find, focusOn } from './dom.js';
import { dateAndTime } from './format.js';
import { say } from './i18n.js';
import { explain } from './problems.js';
import { insteadOf } from './shell.js';
import { linkToken } from './store.js';

/** @typedef {import('./api.js').Problem} Problem */
/** @typedef {{ email: string, until: string }} CheckedLink */

/**
 * @param {string} step the section with the form
 * @param {string} path the call that looks at the link and uses nothing up
 * @param {string[]} dead refusals after which the link leads nowhere, so that the form makes no sense any more
 */
export function mailLink(step, path, dead) {
  const token = linkToken.get();
  const section = find(step);
  insteadOf(token ? section : find('#no-link'));
  if (token) look();

  async function look() {
    const answer = await /** @type {typeof call<CheckedLink>} */ (call)('POST', path, { token });
    const whose = find('.whose', section);
    if (answer.ok) {
      const { email, until } = answer.data;
      say(whose, 'link.account', { email, when: () => dateAndTime(until) });
    } else if (isUnderWay() || !refused(answer.problem)) {
      say(whose, 'link.unchecked');
    }
  }

  /** The password is being sent, or has been accepted: that answer counts. */
  function isUnderWay() {
    return linkToken.get() !== token || find('form', section).hasAttribute('aria-busy');
  }

  /** Shows a refusal in place of the form, if it is one that ends the link. @param {Problem} problem */
  function refused(problem) {
    const incomplete = Boolean(problem.errors?.token);
    if (!incomplete && !dead.includes(problem.code)) return false;
    const box = find('#refused');
    box.replaceChildren(explain(incomplete ? { status: 400, code: 'link-incomplete' } : problem, { level: 'h1' }));
    insteadOf(box);
    focusOn(find('h1', box));
    return true;
  }

  return { token, refused };
}
