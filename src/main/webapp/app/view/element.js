// Finds what index.html promises and makes small elements; text only ever becomes text.

/**
 * @template {Element} T
 * @param {string} id
 * @param {new (...args: never[]) => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) {
    throw new Error(`The page has no ${type.name} with the id ${id}`);
  }
  return found;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {{className?: string, text?: string}} [with_]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, { className = '', text = '' } = {}) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** Sets text only when it changes, so that screen readers are not told again. */
export function say(/** @type {Element} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
