import { call } from '../api.js';
import { find, show } from '../dom.js';
import { emailField } from '../email-field.js';
import { setUp } from '../form.js';
import { language } from '../i18n.js';
import { arrive, config, goTo, insteadOf } from '../shell.js';
import { pending, voucherCode } from '../store.js';

/** @typedef {{ activateBefore: string, accessUntil: string, handle: string }} Registered */

const name = /** @type {HTMLInputElement} */ (find('#name'));
const email = emailField(/** @type {HTMLInputElement} */ (find('#email')));
const code = voucherCode.get();

insteadOf(find(code ? '#details' : '#no-code'));
find('#voucher-code').textContent = code;

const languages = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('input[name=language]')]);
const isUntouched = languages.every((choice) => choice.checked === choice.defaultChecked);
for (const choice of languages) {
  show(/** @type {Element} */ (choice.parentElement), config.languages.includes(choice.value));
  if (isUntouched) choice.checked = choice.value === language();
}

setUp(/** @type {HTMLFormElement} */ (find('#details-form')), {
  check() {
    const noName = name.value.trim() ? [] : [{ field: name, key: 'field.name.missing' }];
    const wrongEmail = email.problem();
    return wrongEmail ? [...noName, wrongEmail] : noName;
  },
  async send() {
    const answer = await /** @type {typeof call<Registered>} */ (call)('POST', '/api/registrations', {
      code,
      name: name.value.trim(),
      email: email.value(),
      language: languages.find((choice) => choice.checked)?.value ?? language(),
    });
    if (!answer.ok) return answer.problem;
    voucherCode.forget();
    pending.keep({ ...answer.data, email: email.value(), resendAt: Date.now() + 60_000 });
    goTo('/check-mail');
  },
});

arrive();
