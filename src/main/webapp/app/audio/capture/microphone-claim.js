// Says who has the microphone: the page opens it for one purpose at a time.

/** @typedef {'conversation' | 'recording'} Holder */

/** The one claim of the page. */
export class MicrophoneClaim {
  /** @type {Holder | null} */
  #holder = null;

  /** @returns {boolean} false when somebody else has it */
  take(/** @type {Holder} */ holder) {
    if (this.isTakenFrom(holder)) {
      return false;
    }
    this.#holder = holder;
    return true;
  }

  /** Without effect when it is somebody else's. */
  giveBack(/** @type {Holder} */ holder) {
    if (this.#holder === holder) {
      this.#holder = null;
    }
  }

  /** Whether somebody else has it. */
  isTakenFrom(/** @type {Holder} */ holder) {
    return this.#holder !== null && this.#holder !== holder;
  }
}
