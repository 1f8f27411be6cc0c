// Says which tab has a conversation: one at a time, by a lock that goes with its page (Web Locks API).

/** A page that is being left may hold its lock for a moment longer. */
const PATIENCE_MILLIS = 2000;

/** The claim of this tab. Where there are no locks, as at an insecure address, every claim is granted: the server decides. */
export class TabClaim {
  #locks;
  #taken;
  #release = () => undefined;

  /**
   * @param {LockManager | undefined} locks
   * @param {() => void} taken told when another tab takes what this one has
   */
  constructor(locks, taken) {
    this.#locks = locks;
    this.#taken = taken;
  }

  /**
   * Claims a conversation that no other tab has.
   * @returns {Promise<boolean>} whether this tab has it now
   */
  claim(/** @type {string} */ conversation) {
    return this.#request(conversation, { signal: AbortSignal.timeout(PATIENCE_MILLIS) });
  }

  /** Claims it whoever has it. */
  take(/** @type {string} */ conversation) {
    return this.#request(conversation, { steal: true });
  }

  /** Has none any more. */
  release() {
    this.#release();
  }

  /** @returns {Promise<boolean>} */
  #request(/** @type {string} */ conversation, /** @type {LockOptions} */ options) {
    this.#release();
    const locks = this.#locks;
    if (!locks) {
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      let mine = false;
      const held = locks.request(`parley.conversation.${conversation}`, options, () => {
        mine = true;
        resolve(true);
        return new Promise((/** @type {(value?: undefined) => void} */ over) => {
          this.#release = () => {
            mine = false;
            over();
            return undefined;
          };
        });
      });
      held.catch(() => {
        resolve(false);
        if (mine) {
          this.#release = () => undefined;
          this.#taken();
        }
      });
    });
  }
}
