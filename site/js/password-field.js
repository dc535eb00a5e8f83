// A password field that can be looked at and that says in words how good a new password is.
import { announce, find } from './dom.js';
import { say, t } from './i18n.js';

const shortest = 12;
const longest = 128;

/** @param {HTMLInputElement} input @param {() => string[]} [personal] words that must not be in it */
export function passwordField(input, personal) {
  const reveal = find(`[aria-controls="${input.id}"]`);
  reveal.addEventListener('click', () => {
    const visible = input.type === 'password';
    input.type = visible ? 'text' : 'password';
    say(reveal, visible ? 'password.hide' : 'password.show');
    announce(t(visible ? 'password.visible' : 'password.hidden'));
  });

  const meter = document.querySelector(`#${input.id}-strength`);
  if (meter) {
    input.addEventListener('input', () => {
      const { key, level, count } = strength(input.value, personal?.() ?? []);
      meter.setAttribute('data-level', String(level));
      say(find('p', meter), key, { count });
    });
  }

  return {
    value: () => input.value,
    problem() {
      if (!input.value) return { field: input, key: 'password.missing' };
      if (!meter) return null;
      const length = [...input.value].length;
      if (length < shortest) return { field: input, key: 'password.weak.too-short' };
      return length > longest ? { field: input, key: 'password.weak.too-long' } : null;
    },
  };
}

/**
 * A first opinion while typing; the service has the last word.
 * @param {string} password @param {string[]} personal
 */
export function strength(password, personal) {
  const length = [...password].length;
  if (length === 0) return { key: 'password.strength.none', level: 0, count: 0 };
  if (length < shortest) return { key: 'password.strength.short', level: 1, count: shortest - length };
  const lower = password.toLowerCase();
  if (personal.some((word) => word.length > 3 && lower.includes(word.toLowerCase()))) {
    return { key: 'password.strength.personal', level: 1, count: 0 };
  }
  const surprises = surprising(lower);
  if (surprises < 8) return { key: 'password.strength.guessable', level: 1, count: 0 };
  if (surprises < 12) return { key: 'password.strength.fair', level: 2, count: 0 };
  return surprises < 17
    ? { key: 'password.strength.good', level: 3, count: 0 }
    : { key: 'password.strength.strong', level: 4, count: 0 };
}

/** Characters that do not just repeat or continue what came before (aaa, 123, qwertz, a common word). @param {string} text */
function surprising(text) {
  const rows = ['qwertzuiop', 'qwertyuiop', 'azertyuiop', 'asdfghjkl', 'qsdfghjklm', 'yxcvbnm', 'wxcvbn', 'zxcvbnm'];
  const words = /passwor[dt]|motdepasse|passwort|parola|bonjour|soleil|willkommen|benvenuto|welcome|letmein|iloveyou|jetaime|formation|training|suisse|schweiz|svizzera|switzerland/g;
  const reduced = text.replace(words, '*');
  let count = 0;
  for (let i = 0; i < reduced.length; i++) {
    const pair = reduced.slice(i - 1, i + 1);
    const step = reduced.charCodeAt(i) - reduced.charCodeAt(i - 1);
    if (i && (Math.abs(step) <= 1 || rows.some((row) => row.includes(pair)))) continue;
    if (i > 1 && reduced.indexOf(pair) < i - 1) continue;
    count++;
  }
  return count;
}
