// Keeps the books of what a person really heard of each answer; pure.

/**
 * How much of one answer was played.
 * @typedef {{turn: number | null, millis: number}} Heard
 */

/** Both positions are sums of lengths that need not be whole milliseconds, so they may differ a little when equal. */
export const SAME_MILLIS = 0.5;

/** How often an answer that is being played is reported. */
const REPORT_MILLIS = 1000;

/** Books of one connection. Positions are milliseconds of model audio since it began, dropped audio included. */
export class HeardLedger {
  /** @type {{turn: number | null, start: number, end: number}[]} */
  #ended = [];
  #start;
  #reportedAt;

  /** @param {number} [start] where the first answer began, before `position` when some of it was heard by an earlier page */
  constructor(start = 0, position = start) {
    this.#start = start;
    this.#reportedAt = position;
  }

  /**
   * Playing is at `position`, in the middle of an answer; told about once a second.
   * @param {number | null} turn the answer that is still coming in
   * @param {number} position
   * @returns {Heard[]} at most one
   */
  progress(turn, position) {
    if (Math.abs(position - this.#reportedAt) < REPORT_MILLIS) {
      return [];
    }
    this.#reportedAt = position;
    const heard = this.sounding(turn, position);
    return heard.millis > 0 ? [heard] : [];
  }

  /**
   * The answer that is played at `position`, and how much of it was.
   * @param {number | null} turn the answer that is still coming in
   * @param {number} position
   * @returns {Heard}
   */
  sounding(turn, position) {
    const answer = this.#ended[0] ?? { turn, start: this.#start };
    return { turn: answer.turn, millis: Math.max(0, Math.round(position - answer.start)) };
  }

  /** How much has come of the answer that is still coming in. */
  receivedOf(/** @type {number} */ received) {
    return Math.max(0, received - this.#start);
  }

  /**
   * The first answer that was not heard to its end when playing is at `position`, and where it began.
   * @param {number | null} turn the answer that is still coming in
   * @param {number} position
   */
  unheard(turn, position) {
    const answer = this.#ended.find(({ end }) => end > position + SAME_MILLIS);
    return answer ? { turn: answer.turn, start: answer.start } : { turn, start: this.#start };
  }

  /** An answer is complete and reaches up to `position`; answers without sound are not booked. */
  turnEnded(/** @type {number | null} */ turn, /** @type {number} */ position) {
    if (position > this.#start) {
      this.#ended.push({ turn, start: this.#start, end: position });
      this.#start = position;
    }
  }

  /**
   * Playing reached `position`.
   * @returns {Heard[]} the answers that are over by now
   */
  played(/** @type {number} */ position) {
    /** @type {Heard[]} */
    const heard = [];
    while (this.#ended[0] && this.#ended[0].end <= position + SAME_MILLIS) {
      const { turn, start, end } = this.#ended[0];
      heard.push({ turn, millis: Math.round(end - start) });
      this.#ended.shift();
    }
    return heard;
  }

  /**
   * Playing was cut at `position`, and everything up to `received` dropped.
   * @returns {Heard[]} the answers that ended there
   */
  cut(/** @type {number | null} */ turn, /** @type {number} */ position, /** @type {number} */ received) {
    const heard = this.played(position);
    const open = [...this.#ended, { turn, start: this.#start, end: received }];
    for (const answer of open) {
      if (answer.end > answer.start) {
        heard.push({ turn: answer.turn, millis: Math.round(Math.max(0, Math.min(position, answer.end) - answer.start)) });
      }
    }
    this.#ended = [];
    this.#start = received;
    return heard;
  }
}
