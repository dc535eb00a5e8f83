// A form that says what is wrong where it is wrong, moves to it, and is sent only once.
import { find, focusOn, make, show } from './dom.js';
import { has, say } from './i18n.js';
import { explain } from './problems.js';

/**
 * @typedef {import('./api.js').Problem} Problem
 * @typedef {{ field: HTMLInputElement | HTMLSelectElement, key: string, values?: import('./i18n.js').Values }} FieldError
 * @typedef {object} FormHandlers
 * @property {() => FieldError[]} check
 * @property {() => Promise<Problem | void>} send
 * @property {(problem: Problem) => boolean} [explained] true when the page shows this refusal itself
 */

/** @param {HTMLFormElement} form @param {FormHandlers} handlers */
export function setUp(form, { check, send, explained }) {
  const status = make('div', { class: 'form-status' });
  form.prepend(status);
  let busy = false;

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    clear();
    const errors = check();
    if (errors.length) return showErrors(errors);
    busy = true;
    form.setAttribute('aria-busy', 'true');
    try {
      const problem = await send();
      if (problem) showProblem(problem);
    } finally {
      busy = false;
      form.removeAttribute('aria-busy');
    }
  });

  // Back from the next page, a browser may show the form as it was left: sending.
  addEventListener('pageshow', () => {
    busy = false;
    form.removeAttribute('aria-busy');
  });

  function clear() {
    status.replaceChildren();
    for (const field of form.querySelectorAll('[aria-invalid]')) clearField(field);
  }

  /** @param {FieldError[]} errors */
  function showErrors(errors) {
    const list = make('ul');
    for (const { field, key, values } of errors) {
      showFieldError(field, key, values);
      const link = say(make('a', { href: `#${field.id}` }), key, values);
      link.addEventListener('click', (event) => {
        event.preventDefault();
        field.focus();
      });
      list.append(make('li', {}, link));
    }
    const heading = say(make('h2'), 'form.summary', { count: errors.length });
    const summary = make('div', { class: 'notice problem summary', role: 'alert', tabindex: '-1' }, heading, list);
    status.replaceChildren(summary);
    focusOn(summary);
  }

  /** @param {Problem} problem */
  function showProblem(problem) {
    if (explained?.(problem)) return;
    const errors = fieldErrors(problem);
    if (errors.length) return showErrors(errors);
    const box = explain(problem);
    box.setAttribute('role', 'alert');
    status.replaceChildren(box);
    focusOn(find('h2', box));
  }

  /** What the service says about single fields, in the page's own words. @param {Problem} problem @returns {FieldError[]} */
  function fieldErrors(problem) {
    if (problem.code === 'password-too-weak') {
      const field = /** @type {HTMLInputElement} */ (form.querySelector('[autocomplete="new-password"]'));
      return field ? [{ field, key: `password.weak.${problem.reason}` }] : [];
    }
    return Object.keys(problem.errors ?? {}).flatMap((name) => {
      const field = /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="${CSS.escape(name)}"]`));
      return field && has(`field.${name}.invalid`) ? [{ field, key: `field.${name}.invalid` }] : [];
    });
  }

  return { clear, showErrors, showProblem };
}

/** @param {HTMLElement} field @param {string} key @param {import('./i18n.js').Values} [values] */
export function showFieldError(field, key, values) {
  const error = find(`#${field.id}-error`);
  say(error, key, values);
  show(error);
  field.setAttribute('aria-invalid', 'true');
}

/** @param {Element} field */
export function clearField(field) {
  field.removeAttribute('aria-invalid');
  show(find(`#${field.id}-error`), false);
}
