// Pages of a signed-in person: the profile comes first, and says whether there is still an account.
import { actFor, call } from './api.js';
import { find, focusOn } from './dom.js';
import { lastDay, lastTime } from './format.js';
import { say } from './i18n.js';
import { explain } from './problems.js';
import { rememberSession, toLogin } from './session.js';
import { insteadOf, takeOver } from './shell.js';

/** @typedef {import('./session.js').Profile} Profile */
/** @typedef {import('./api.js').Problem} Problem */

/** @returns {Promise<Profile | null>} null when the page already shows why there is none */
export async function loadProfile() {
  const answer = await /** @type {typeof call<Profile>} */ (call)('GET', '/api/profile');
  if (answer.ok) {
    actFor(answer.data.accountId);
    return answer.data;
  }
  leaveFor(answer.problem);
  return null;
}

/**
 * What any signed-in call may be answered: the session is over, or the access, or the service is down.
 * @param {Problem} problem
 */
export function leaveFor(problem) {
  if (problem.code === 'session-required') return toLogin();
  if (problem.code === 'account-expired') rememberSession(false);
  const box = find('#unavailable');
  box.replaceChildren(explain(problem, { level: 'h1' }));
  insteadOf(box);
  focusOn(find('h1', box));
  takeOver();
}

/** True for a refusal for which the whole page must give way. @param {Problem} problem */
export function endsPage(problem) {
  return ['session-required', 'account-expired', 'other-account'].includes(problem.code);
}

/** True when the whole page gives way, false when the form at hand can show it. @param {Problem} problem */
export function isLeaving(problem) {
  const leaving = endsPage(problem);
  if (leaving) leaveFor(problem);
  return leaving;
}

/** How much is left, as a ring and in words. @param {Profile} profile */
export function showDaysLeft(profile) {
  const total = 90;
  const days = Math.max(0, profile.daysLeft);
  const arc = find('.days-ring .arc');
  const round = 2 * Math.PI * Number(arc.getAttribute('r'));
  arc.setAttribute('stroke-dasharray', `${(round * Math.min(days, total)) / total} ${round}`);
  find('.days').dataset.level = days <= 3 ? 'last' : days <= 14 ? 'soon' : 'calm';
  say(find('.days-number'), 'days.number', { number: days });
  say(find('.days-words'), days ? 'days.left' : 'days.today', { count: days });
  say(find('.days-last'), 'days.last', { date: () => lastDay(profile.accessUntil), time: () => lastTime(profile.accessUntil) });
}
