// Reads members of JSON objects from a server that may be older or newer: a wrong type counts as absent; pure.

/** @typedef {Record<string, unknown>} Members */

/** @returns {string} numbers as text, anything else as the empty text */
export function text(/** @type {unknown} */ value) {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** @returns {number | null} */
export function numberOrNull(/** @type {unknown} */ value) {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** @returns {number} 0 when there is none */
export function number(/** @type {unknown} */ value) {
  return numberOrNull(value) ?? 0;
}

/** @returns {Members} empty when it is no object */
export function members(/** @type {unknown} */ value) {
  return typeof value === 'object' && value !== null ? /** @type {Members} */ (value) : {};
}

/** @returns {Members} of a JSON text; empty when it is none */
export function parseMembers(/** @type {string} */ json) {
  try {
    return members(JSON.parse(json));
  } catch {
    return {};
  }
}
