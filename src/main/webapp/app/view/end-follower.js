// Keeps what is being written in sight until the person scrolls away.

/** Pixels from the end within which the person counts as reading the newest words. */
const AT_END = 48;

/** Follower of one scrolling element. */
export class EndFollower {
  #scroller;
  #following = true;

  /**
   * @param {HTMLElement} scroller
   * @param {(following: boolean) => void} [onScroll] told whether the person reads the newest words
   */
  constructor(scroller, onScroll = () => undefined) {
    this.#scroller = scroller;
    scroller.addEventListener('scroll', () => {
      // A hidden one has no height to compare.
      if (scroller.clientHeight > 0) {
        this.#following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_END;
        onScroll(this.#following);
      }
    });
    // The middle changes its height with the keyboard of a phone and with notices.
    new ResizeObserver(() => this.follow()).observe(scroller);
  }

  /** Goes to the end if the person was there. */
  follow() {
    if (this.#following) {
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
    }
  }

  /** Goes to the end and stays there. */
  resume() {
    this.#following = true;
    this.follow();
  }

  /** Stays where it is until `resume`. */
  rest() {
    this.#following = false;
  }
}
