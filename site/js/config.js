// The operator's own file: name, logo, colours, contact, languages offered, imprint.
import { shortDate } from './format.js';
import { language, share, useLanguage } from './i18n.js';

/** @typedef {typeof import('../config.json')} Config */
/** @typedef {import('./i18n.js').Language} Language */

const response = await fetch('/config.json');
/** @type {Config} */
export const config = await response.json();

/** A setting that is one text for all languages, or one a language. @param {string | Record<Language, string>} setting */
const localised = (setting) => () => typeof setting === 'string' ? setting : setting[language()];

const { contact, operator } = config;
share({
  service: localised(config.serviceName),
  contactEmail: contact.email,
  contactPhone: contact.phone,
  operator: operator.name,
  reviewedOn: () => shortDate(config.reviewedOn),
  ...Object.fromEntries(Object.entries(operator).map(([name, value]) => [`operator_${name}`, localised(value)])),
});

/** Colours come as a style sheet of its own: the content policy allows no style attribute. */
function applyColours() {
  const sheet = new CSSStyleSheet();
  const rule = (/** @type {{ accent: string, onAccent: string }} */ colours) =>
    `:root { --accent: ${colours.accent}; --on-accent: ${colours.onAccent}; }`;
  sheet.replaceSync(`@layer brand { ${rule(config.colours.light)}
    @media (prefers-color-scheme: dark) { ${rule(config.colours.dark)} } }`);
  document.adoptedStyleSheets.push(sheet);
}

export async function applyConfig() {
  applyColours();
  for (const logo of document.querySelectorAll('img[data-config="logo"]')) logo.setAttribute('src', config.logo);
  for (const link of document.querySelectorAll('a[data-config="email"]')) {
    link.setAttribute('href', `mailto:${contact.email}`);
  }
  for (const link of document.querySelectorAll('a[data-config="phone"]')) {
    link.setAttribute('href', `tel:${contact.phone.replaceAll(' ', '')}`);
  }
  for (const item of document.querySelectorAll('[data-lang]')) {
    item.closest('li')?.toggleAttribute('hidden', !config.languages.includes(item.getAttribute('data-lang') ?? ''));
  }
  if (!config.languages.includes(language())) await useLanguage(/** @type {Language} */ (config.languages[0]));
}
