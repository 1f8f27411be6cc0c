// Lets a conversation outlive its page: writes down what the next page needs, and begins with what the one before wrote.

import { isAtRest } from '../state/state.js';
import { Keepsake } from './keepsake.js';
import { TabClaim } from './tab-claim.js';

/** How often it is written down, for a page that ends without a word. */
const EVERY_MILLIS = 1000;
/** Bytes of messages that are written down so: four seconds of PCM, more than any network holds. */
const FEW_BYTES = 128 * 1024;
/** And when the page is being left: half a minute of PCM, for one that has no network. Storage takes five million characters. */
const MANY_BYTES = 1024 * 1024;

/** The conversation of this tab, over all its pages. */
export class Comeback {
  #store;
  #conversation;
  #keepsake;
  #claim;
  /** Whether this tab has the conversation, and not another one or none. */
  #mine = false;
  #keptAt = -Infinity;
  /** @type {import('../state/returning.js').Memento | null} */
  #elsewhere = null;

  /**
   * @param {import('../state/state.js').ConversationStore} store
   * @param {import('../conversation.js').Conversation} conversation
   * @param {{storage: () => Storage, locks: LockManager | undefined}} browser
   */
  constructor(store, conversation, { storage, locks }) {
    this.#store = store;
    this.#conversation = conversation;
    this.#keepsake = new Keepsake(storage);
    this.#claim = new TabClaim(locks, () => this.#taken());
    conversation.takeOver = () => void this.#takeOver();
    conversation.begun = (id) => {
      if (!this.#mine) {
        this.#mine = true;
        void this.#claim.claim(id);
      }
    };
    store.subscribe(() => this.#follow());
    window.addEventListener('pagehide', () => this.#keep(MANY_BYTES));
  }

  /** Goes on with the conversation of the page before this one, if there was one. */
  async begin() {
    const memento = this.#keepsake.read(this.#store.state.settings);
    if (!memento) {
      return;
    }
    const free = await this.#claim.claim(memento.conversation);
    if (this.#store.state.phase !== 'idle') {
      return; // the person has begun another one meanwhile
    }
    if (free) {
      await this.#goOn(memento);
    } else {
      this.#elsewhere = memento;
      this.#store.dispatch({ type: 'returned', memento, elsewhere: true, at: performance.now() });
    }
  }

  async #goOn(/** @type {import('../state/returning.js').Memento} */ memento) {
    this.#mine = true;
    this.#elsewhere = null;
    this.#store.dispatch({ type: 'returned', memento, elsewhere: false, at: performance.now() });
    await this.#conversation.goOn(memento);
  }

  /** The person wants it here, not in the other tab. */
  async #takeOver() {
    const memento = this.#elsewhere;
    if (memento && (await this.#claim.take(memento.conversation))) {
      await this.#goOn(memento);
    }
  }

  #taken() {
    this.#mine = false;
    this.#keepsake.clear();
    this.#conversation.yield();
  }

  #follow() {
    if (this.#mine && (isAtRest(this.#store.state) || this.#store.state.phase === 'finishing')) {
      this.#mine = false;
      this.#keepsake.clear();
      this.#claim.release();
    } else if (performance.now() - this.#keptAt >= EVERY_MILLIS) {
      this.#keep(FEW_BYTES);
    }
  }

  #keep(/** @type {number} */ bytes) {
    const memento = this.#mine ? this.#conversation.memento(bytes) : null;
    if (!memento) {
      return;
    }
    this.#keptAt = performance.now();
    if (!this.#keepsake.keep(memento) && bytes > FEW_BYTES) {
      this.#keep(FEW_BYTES);
    }
  }
}
