import { accountHeader } from '../api.js';
import { find, show } from '../dom.js';
import { lastDay } from '../format.js';
import { say } from '../i18n.js';
import { loadProfile, showDaysLeft } from '../signed-in.js';
import { arrive, insteadOf } from '../shell.js';

const start = '/api/training/';

const profile = await loadProfile();
if (profile) {
  showDaysLeft(profile);
  say(find('#greeting'), 'training.greeting', { name: profile.name });
  say(find('#reminder'), 'training.reminder', { date: () => lastDay(profile.accessUntil) });
  const place = profile.trainingPlace && start + profile.trainingPlace.split('/').map(encodeURIComponent).join('/');
  const [open, goesOn] = await Promise.all([isThere(start), place ? isThere(place) : false]);
  if (place && goesOn) offer(place);
  show(find('#ready'), open);
  show(find('#preparing'), !open);
  insteadOf(find('#content'));
  arrive();
}

/** Asks for the first byte only. The last place may be gone: a course can be exchanged. @param {string} url */
function isThere(url) {
  return fetch(url, { method: 'GET', headers: { Range: 'bytes=0-0', ...accountHeader() }, cache: 'no-store' }).then((answer) => answer.ok, () => false);
}

/** @param {string} place */
function offer(place) {
  const resume = find('#resume');
  resume.setAttribute('href', place);
  show(resume);
  find('#start').classList.add('secondary');
}
