// Holds a state; tells its listeners after every change.

/**
 * The store of one room of the page. Its reducer is the only place where its state changes.
 * @template State
 * @template Event
 */
export class Store {
  #state;
  #reduce;
  /** @type {((state: State) => void)[]} */
  #listeners = [];

  /**
   * @param {State} initial
   * @param {(state: State, event: Event) => State} reduce gives the same object when the event changes nothing
   */
  constructor(initial, reduce) {
    this.#state = initial;
    this.#reduce = reduce;
  }

  /** The state now. */
  get state() {
    return this.#state;
  }

  /** Lets an event happen. */
  dispatch(/** @type {Event} */ event) {
    const next = this.#reduce(this.#state, event);
    if (next !== this.#state) {
      this.#state = next;
      this.#listeners.forEach((listener) => listener(next));
    }
  }

  /** Calls `listener` after every change from now on. */
  subscribe(/** @type {(state: State) => void} */ listener) {
    this.#listeners.push(listener);
  }
}
