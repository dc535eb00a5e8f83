// The code field writes itself in groups of four and tells a typing error while the paper is still in hand.
import { codeIn, codeLength, grouped, isWellFormed, normalise, strangeSymbol } from './code.js';
import { announce } from './dom.js';
import { clearField, showFieldError } from './form.js';
import { t } from './i18n.js';

/** @param {HTMLInputElement} input */
export function codeField(input) {
  let lastSymbols = '';

  /**
   * @param {boolean} complete also point out what is missing, not only what is wrong
   * @returns {import('./form.js').FieldError | null}
   */
  function problem(complete) {
    const code = normalise(input.value);
    const strange = strangeSymbol(code);
    if (strange) return { field: input, key: 'code.strange', values: { symbol: strange } };
    if (code.length === codeLength) return isWellFormed(code) ? null : { field: input, key: 'code.mistyped' };
    if (!complete) return null;
    if (!code) return { field: input, key: 'code.missing' };
    const key = code.length < codeLength ? 'code.short' : 'code.long';
    return { field: input, key, values: { count: Math.abs(codeLength - code.length) } };
  }

  function reformat() {
    const caret = normalise(input.value.slice(0, input.selectionStart ?? input.value.length)).length;
    const symbols = normalise(input.value);
    input.value = grouped(symbols);
    // Before the dash, not after it: there a backspace would remove the dash only, and it would come back.
    const position = caret + Math.floor(Math.max(0, caret - 1) / 4);
    input.setSelectionRange(position, position);
    if (symbols === lastSymbols) return;
    lastSymbols = symbols;
    const error = problem(false);
    if (!error) return clearField(input);
    showFieldError(input, error.key, error.values);
    announce(t(error.key, error.values));
  }

  input.addEventListener('input', (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) reformat();
  });
  input.addEventListener('compositionend', reformat);
  input.addEventListener('paste', (event) => {
    const code = codeIn(event.clipboardData?.getData('text') ?? '');
    if (!code) return;
    event.preventDefault();
    fill(code);
  });

  /** @param {string} code */
  function fill(code) {
    input.value = code;
    reformat();
  }

  return { fill, problem: () => problem(true), value: () => grouped(normalise(input.value)) };
}
