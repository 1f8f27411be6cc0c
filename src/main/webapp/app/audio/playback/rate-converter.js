// Brings audio that arrives at another rate to the rate of the queue; runs on the page's thread.

import { toInt16 } from '../capture/pcm-framer.js';
import { Resampler } from '../resampler.js';

/** One mono stream. What comes out is as long as what went in: the filter's lag is taken off again. */
export class RateConverter {
  #resampler;
  #ratio;
  #lag;
  #skip;

  /**
   * @param {number} from Hz, of what goes in
   * @param {number} to Hz, of what comes out; sound above half the lower rate is lost
   */
  constructor(from, to) {
    this.#resampler = new Resampler(from, to);
    this.#ratio = to / from;
    this.#lag = Math.round(this.#resampler.delay * this.#ratio);
    this.#skip = this.#lag;
  }

  /**
   * @param {Int16Array} samples
   * @returns {Int16Array<ArrayBuffer>} as far as the filter can tell by now: about a millisecond stays in it
   */
  convert(samples) {
    const converted = new Int16Array(Math.ceil(samples.length * this.#ratio) + 1);
    let filled = 0;
    for (let i = 0; i < samples.length; i++) {
      this.#resampler.push(/** @type {number} */ (samples[i]) / 32768);
      while (this.#resampler.needed === 0) {
        const sample = this.#resampler.next();
        if (this.#skip > 0) {
          this.#skip--;
        } else {
          converted[filled++] = toInt16(sample);
        }
      }
    }
    return converted.slice(0, filled);
  }

  /**
   * The stream is over; the next sample begins another.
   * @returns {Int16Array<ArrayBuffer>} what still lay in the filter
   */
  finish() {
    const rest = this.convert(new Int16Array(this.#resampler.delay));
    this.reset();
    return rest;
  }

  /** Forgets the stream. */
  reset() {
    this.#resampler.reset();
    this.#skip = this.#lag;
  }
}
