import { call } from '../api.js';
import { codeField } from '../code-field.js';
import { announce, find, make } from '../dom.js';
import { setUp } from '../form.js';
import { say, t } from '../i18n.js';
import { arrive, goTo } from '../shell.js';
import { voucherCode } from '../store.js';

const input = /** @type {HTMLInputElement} */ (find('#code'));
const field = codeField(input);
const filled = find('#code-filled');
const continueButton = find('#continue');

/** @param {string} code */
function fill(code) {
  field.fill(code);
  if (field.problem()) return;
  filled.replaceChildren(say(make('span'), 'home.filled'));
  announce(t('home.filled'));
  continueButton.focus();
}

input.addEventListener('input', () => filled.replaceChildren());

setUp(/** @type {HTMLFormElement} */ (find('#code-form')), {
  check() {
    const error = field.problem();
    return error ? [error] : [];
  },
  async send() {
    const answer = await call('POST', '/api/vouchers/check', { code: field.value() });
    if (!answer.ok && answer.problem.code !== 'voucher-pending') return answer.problem;
    voucherCode.keep(field.value());
    if (!answer.ok) return answer.problem;
    goTo('/details');
  },
});

find('#scan').addEventListener('click', async () => {
  const { scan } = await import('../scanner.js');
  const code = await scan(/** @type {HTMLDialogElement} */ (find('#scanner')));
  if (code) fill(code);
});

arrive();
const arrived = voucherCode.take();
if (arrived) fill(arrived);
