// Where one is logged in, and the way to end it there.
import { call } from './api.js';
import { announce, make } from './dom.js';
import { dateAndTime } from './format.js';
import { say, t } from './i18n.js';
import { explain } from './problems.js';
import { isLeaving } from './signed-in.js';

/** @typedef {{ id: string, current: boolean, createdAt: string, lastSeenAt: string, expiresAt: string }} Session */

/** @param {HTMLElement} list */
export async function showSessions(list) {
  const answer = await /** @type {typeof call<{ sessions: Session[] }>} */ (call)('GET', '/api/sessions');
  if (!answer.ok) {
    if (!isLeaving(answer.problem)) list.replaceChildren(make('li', {}, explain(answer.problem)));
    return;
  }
  list.replaceChildren(...answer.data.sessions.map((session) => row(session, list)));
}

/** @param {Session} session @param {HTMLElement} list */
function row(session, list) {
  const since = { date: () => dateAndTime(session.createdAt) };
  const words = make('span', {},
    say(make('strong'), session.current ? 'sessions.here' : 'sessions.elsewhere'),
    say(make('span'), 'sessions.since', since));
  if (session.current) return make('li', {}, words);
  const end = make('button', { type: 'button', class: 'secondary' }, say(make('span'), 'sessions.end'),
    say(make('span', { class: 'visually-hidden' }), 'sessions.since', since));
  end.addEventListener('click', async () => {
    end.disabled = true;
    const answer = await call('DELETE', `/api/sessions/${encodeURIComponent(session.id)}`);
    if (answer.ok) announce(t('sessions.ended'));
    await showSessions(list);
    list.focus();
  });
  return make('li', {}, words, end);
}
