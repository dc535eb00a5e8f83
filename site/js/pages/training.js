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
  const open = await fetch(start, { method: 'GET', cache: 'no-store' }).then((answer) => answer.ok, () => false);
  show(find('#ready'), open);
  show(find('#preparing'), !open);
  insteadOf(find('#content'));
  arrive();
}
