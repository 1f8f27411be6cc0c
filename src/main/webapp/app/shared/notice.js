// What a person should know, said where it happened: what happened, what was kept, what to do; pure.

/**
 * @typedef {object} Notice
 * @property {'error' | 'note'} tone
 * @property {string} happened
 * @property {string} advice what was kept and what to do
 * @property {string[]} steps how, one by one; may be empty
 * @property {boolean} retry whether a button to try again helps
 */

/**
 * Something went as nobody wished.
 * @returns {Notice}
 */
export function errorNotice(/** @type {string} */ happened, /** @type {string} */ advice, /** @type {string[]} */ steps = []) {
  return { tone: 'error', happened, advice, steps, retry: false };
}

/**
 * Good to know.
 * @returns {Notice}
 */
export function quietNotice(/** @type {string} */ happened, /** @type {string} */ advice) {
  return { tone: 'note', happened, advice, steps: [], retry: false };
}

/** Ends a text with a full stop unless it ends like a sentence already. */
export function asSentence(/** @type {string} */ text) {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
