// Changes the sample rate of a running stream with a polyphase windowed-sinc filter; main thread and audio thread.

/** Zero crossings of the sinc on each side; with the Kaiser window below about 80 dB of stop-band attenuation. */
const ZERO_CROSSINGS = 16;
const KAISER_BETA = 8;
/** Share of the smaller Nyquist band that passes: the rest is the filter's transition band. */
const PASS_BAND = 0.92;

/** Source: Kaiser window, Oppenheim & Schafer, "Discrete-Time Signal Processing", §7.5.3. */
function besselI0(/** @type {number} */ x) {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-9 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** @returns {number} */
function greatestCommonDivisor(/** @type {number} */ a, /** @type {number} */ b) {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * One direction of one mono stream. Push `needed` samples, then take one with `next`, and so on; neither allocates, so
 * both may be called on the audio thread. The output lags by `delay` source samples.
 */
export class Resampler {
  #phases;
  #step;
  #taps;
  #table;
  #history;
  #newest = 0;
  #phase = 0;

  /**
   * @param {number} from source rate, Hz, a whole number
   * @param {number} to output rate, Hz, a whole number
   */
  constructor(from, to) {
    const divisor = greatestCommonDivisor(from, to);
    this.#phases = to / divisor;
    this.#step = from / divisor;
    const cutoff = from === to ? 1 : Math.min(1, to / from) * PASS_BAND;
    /** Lag in source samples. */
    this.delay = from === to ? 0 : Math.ceil(ZERO_CROSSINGS / cutoff);
    this.#taps = 2 * this.delay + 1;
    this.#table = new Float32Array(this.#phases * this.#taps);
    this.#fillTable(cutoff);
    this.#history = new Float32Array(2 * this.#taps);
    /** Source samples to push before the next output sample can be taken. */
    this.needed = 1;
  }

  #fillTable(/** @type {number} */ cutoff) {
    for (let phase = 0; phase < this.#phases; phase++) {
      const row = phase * this.#taps;
      let sum = 0;
      for (let tap = 0; tap < this.#taps; tap++) {
        const distance = tap + phase / this.#phases - this.delay;
        const x = Math.PI * cutoff * distance;
        const edge = this.delay === 0 ? 0 : distance / (this.delay + 1);
        const window = Math.abs(edge) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - edge * edge)) / besselI0(KAISER_BETA);
        const value = (x === 0 ? 1 : Math.sin(x) / x) * window;
        this.#table[row + tap] = value;
        sum += value;
      }
      for (let tap = 0; tap < this.#taps; tap++) {
        this.#table[row + tap] = (this.#table[row + tap] ?? 0) / sum;
      }
    }
  }

  /** Takes in one source sample. */
  push(/** @type {number} */ sample) {
    this.#newest = this.#newest === 0 ? this.#taps - 1 : this.#newest - 1;
    // Written twice so that the newest taps always lie in one run.
    this.#history[this.#newest] = sample;
    this.#history[this.#newest + this.#taps] = sample;
    this.needed--;
  }

  /** The next output sample; only when nothing is `needed`. */
  next() {
    const row = this.#phase * this.#taps;
    let sum = 0;
    for (let tap = 0; tap < this.#taps; tap++) {
      sum += /** @type {number} */ (this.#table[row + tap]) * /** @type {number} */ (this.#history[this.#newest + tap]);
    }
    this.#phase += this.#step;
    this.needed += Math.floor(this.#phase / this.#phases);
    this.#phase %= this.#phases;
    return sum;
  }

  /** Forgets the stream. */
  reset() {
    this.#history.fill(0);
    this.#phase = 0;
    this.needed = 1;
  }
}
