// How long a conversation that was told to stop waits for its end.

/** After `stop`, a server that says nothing for so long has forgotten us. */
const FINISHING_SILENCE_MILLIS = 20000;

/** Waits, anew with each word of the server. */
export class Patience {
  #lost;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => void} lost told when the server has said nothing for too long */
  constructor(lost) {
    this.#lost = lost;
  }

  /** Waits from now on. */
  renew() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#lost, FINISHING_SILENCE_MILLIS);
  }

  /** Waits no more. */
  end() {
    clearTimeout(this.#timer);
  }
}
