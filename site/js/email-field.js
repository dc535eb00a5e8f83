// An e-mail field that asks "did you mean …?" and takes the answer with one press.
import { find } from './dom.js';
import { looksLikeEmail, suggestion } from './email.js';
import { say } from './i18n.js';

/**
 * The question's place is kept free: a button that moved away under the finger would miss its press.
 * @param {HTMLInputElement} input with a #id-suggestion box holding a button
 */
export function emailField(input) {
  const box = find(`#${input.id}-suggestion`);
  const button = find('button', box);

  function suggest() {
    const better = suggestion(input.value.trim());
    box.toggleAttribute('data-empty', better === null);
    if (better) say(button, 'email.didYouMean', { email: better });
  }

  input.addEventListener('change', suggest);
  button.addEventListener('click', () => {
    input.value = suggestion(input.value.trim()) ?? input.value;
    box.toggleAttribute('data-empty', true);
    input.focus();
  });

  return {
    value: () => input.value.trim(),
    problem() {
      if (!input.value.trim()) return { field: input, key: 'field.email.missing' };
      return looksLikeEmail(input.value.trim()) ? null : { field: input, key: 'field.email.invalid' };
    },
  };
}
