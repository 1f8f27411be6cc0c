// What this tab keeps of its conversation for the page after this one: in sessionStorage, which is this tab's alone.

import { readMemento } from '../state/returning.js';

const KEY = 'parley.conversation';

/** Storage that may be full or forbidden. A duplicated tab begins with a copy of it, a new one with nothing. */
export class Keepsake {
  #storage;
  #kept = false;

  /** @param {() => Storage} storage throws where the browser forbids it */
  constructor(storage) {
    this.#storage = storage;
  }

  /**
   * Writes it down.
   * @param {object} memento
   * @returns {boolean} false when it did not fit
   */
  keep(memento) {
    try {
      this.#storage().setItem(KEY, JSON.stringify(memento));
      this.#kept = true;
      return true;
    } catch {
      return false; // what was written before stays
    }
  }

  /** What the page before this one wrote down; null when it had no conversation. */
  read(/** @type {import('../state/settings.js').Settings} */ defaults) {
    try {
      const memento = readMemento(JSON.parse(this.#storage().getItem(KEY) ?? 'null'), defaults);
      this.#kept = memento !== null;
      return memento;
    } catch {
      return null;
    }
  }

  /** There is no conversation any more. */
  clear() {
    if (this.#kept) {
      this.#kept = false;
      try {
        this.#storage().removeItem(KEY);
      } catch {
        // Nothing was kept then.
      }
    }
  }
}
