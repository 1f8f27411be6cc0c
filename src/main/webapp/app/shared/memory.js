// What this browser remembers between visits.

/**
 * @template T
 * @param {string} key
 * @param {(stored: unknown) => T} read makes sense of what was stored, whoever wrote it, and of an empty object when
 *     nothing was
 * @returns {T} a browser that forbids storage remembers nothing
 */
export function recall(key, read) {
  try {
    return read(JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    return read({});
  }
}

/** Remembers; a full or forbidden storage costs only the memory: it still counts until the page is left. */
export function remember(/** @type {string} */ key, /** @type {unknown} */ value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Told nobody: there is nothing a person could do about it.
  }
}
