// Holds the state; tells its listeners after every change.

import { reduce } from './reducer.js';

/** @typedef {import('./state.js').State} State */

/** The page's one store. */
export class Store {
  #state;
  /** @type {((state: State) => void)[]} */
  #listeners = [];

  constructor(/** @type {State} */ initial) {
    this.#state = initial;
  }

  /** The state now. */
  get state() {
    return this.#state;
  }

  /** Lets an event happen. */
  dispatch(/** @type {import('./state.js').Event} */ event) {
    const next = reduce(this.#state, event);
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
