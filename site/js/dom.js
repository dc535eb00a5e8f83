// The few helpers that keep the other modules free of casts and of markup in strings.

/**
 * The element a page must have. A missing one is a mistake in the page, not a state to live with.
 * @template {Element} [T=HTMLElement]
 * @param {string} selector @param {ParentNode} [root] @returns {T}
 */
export function find(selector, root = document) {
  const element = root.querySelector(selector);
  if (!element) throw new Error(`no ${selector} on ${location.pathname}`);
  return /** @type {T} */ (/** @type {unknown} */ (element));
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Record<string, string>} [attributes] @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** @param {Element} element @param {boolean} visible */
export function show(element, visible = true) {
  element.toggleAttribute('hidden', !visible);
}

/**
 * Moves the reader, and a screen reader, to where the next thing is. A page that shows it well already stays where
 * it is: one that moves under a finger makes it miss. Who has zoomed in with two fingers may look anywhere.
 * @param {HTMLElement} element
 */
export function focusOn(element) {
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  const { top, bottom } = element.getBoundingClientRect();
  const isZoomedIn = (window.visualViewport?.scale ?? 1) > 1;
  if (isZoomedIn || top < 0 || bottom > innerHeight / 2) element.scrollIntoView({ block: 'start' });
}

const announcer = make('p', { role: 'status', class: 'visually-hidden' });
document.body.append(announcer);

/** Tells a screen reader what sighted people see change. @param {string} text */
export function announce(text) {
  announcer.textContent = text;
}
