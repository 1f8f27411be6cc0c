// What the person wrote: it waits here until the server listens.

/** Texts of one page, in order. */
export class Outbox {
  /** @type {string[]} */
  #texts = [];
  /** When it was last emptied, or holding to talk last ended, `performance.now()`; null before. */
  sentAt = /** @type {number | null} */ (null);

  add(/** @type {string} */ text) {
    this.#texts.push(text);
  }

  /** Forgets what was not sent. */
  clear() {
    this.#texts = [];
  }

  /** Hands everything over. */
  sendThrough(/** @type {(text: string) => void} */ send) {
    this.#texts.splice(0).forEach(send);
    this.sentAt = performance.now();
  }
}
