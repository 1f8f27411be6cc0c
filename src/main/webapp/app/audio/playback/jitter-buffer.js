// The queue between network and loudspeaker: a ring of PCM with an adaptive head start; runs on the audio thread.

import { Resampler } from '../resampler.js';

/** Head start before sound begins, ms: evens out how unevenly the network delivers. */
const MIN_TARGET_MILLIS = 60;
const MAX_TARGET_MILLIS = 400;
/** A gap longer than this is a pause between answers, not a late packet. */
const LONGEST_UNDERRUN_MILLIS = 1000;
const FIRST_CAPACITY_SECONDS = 16;
/** Longest queue; more than any answer, as a whole conversation lasts 15 minutes. 29 MB. */
const MAX_CAPACITY_SECONDS = 600;
const FADE_IN_MILLIS = 4;
/** Per output sample: what is left of the last value when the queue runs dry; silent after about 3 ms at 48 kHz. */
const RUN_DRY_DECAY = 0.97;

/**
 * Queue of one conversation's model audio. `read` never allocates; `write` does only while the ring grows and belongs
 * outside of `process`. Positions count source samples since the start, dropped ones included.
 */
export class JitterBuffer {
  #sourceRate;
  #outputRate;
  #resampler;
  #ring;
  #head = 0;
  #length = 0;
  #waited = 0;
  #gap = Infinity;
  #turnEnded = false;
  #gain = 0;
  #last = 0;
  #target;
  #quantum = 128;
  #fade = new Float32Array(128);
  #fadeLength = 0;
  #underRunsAtTurn = 0;

  /**
   * @param {number} sourceRate Hz of what is written
   * @param {number} outputRate Hz of what is read
   */
  constructor(sourceRate, outputRate) {
    this.#sourceRate = sourceRate;
    this.#outputRate = outputRate;
    this.#resampler = new Resampler(sourceRate, outputRate);
    this.#ring = new Int16Array(sourceRate * FIRST_CAPACITY_SECONDS);
    this.#target = (sourceRate * MIN_TARGET_MILLIS) / 1000;
    /** Whether sound is coming out. */
    this.playing = false;
    /** Source samples played or dropped. */
    this.position = 0;
    /** Source samples written. */
    this.received = 0;
    /** Times the queue ran dry within an answer. */
    this.underRuns = 0;
  }

  /** Milliseconds of head start that the next answer gets. */
  get targetMillis() {
    return (this.#target * 1000) / this.#sourceRate;
  }

  /**
   * Appends samples.
   * @param {Int16Array} samples
   * @returns {number} how many did not fit
   */
  write(samples) {
    const fitting = this.#makeRoom(samples.length);
    let tail = (this.#head + this.#length) % this.#ring.length;
    for (let i = 0; i < fitting; i++) {
      this.#ring[tail] = /** @type {number} */ (samples[i]);
      tail = tail + 1 === this.#ring.length ? 0 : tail + 1;
    }
    this.#length += fitting;
    this.received += fitting;
    this.#turnEnded = false;
    this.#noteLateness();
    return samples.length - fitting;
  }

  /** Grows the ring to at most its bound; answers how many of `wanted` samples fit. */
  #makeRoom(/** @type {number} */ wanted) {
    const bound = this.#sourceRate * MAX_CAPACITY_SECONDS;
    const needed = this.#length + wanted;
    if (needed > this.#ring.length && this.#ring.length < bound) {
      const ring = new Int16Array(Math.min(bound, Math.max(needed, 2 * this.#ring.length)));
      const run = Math.min(this.#length, this.#ring.length - this.#head);
      ring.set(this.#ring.subarray(this.#head, this.#head + run));
      ring.set(this.#ring.subarray(0, this.#length - run), run);
      this.#ring = ring;
      this.#head = 0;
    }
    return Math.min(wanted, this.#ring.length - this.#length);
  }

  #noteLateness() {
    if ((this.#gap * 1000) / this.#outputRate < LONGEST_UNDERRUN_MILLIS) {
      this.underRuns++;
      const late = (this.#gap * this.#sourceRate) / this.#outputRate;
      this.#target = Math.min((this.#sourceRate * MAX_TARGET_MILLIS) / 1000, this.#target + late);
    }
    this.#gap = Infinity;
  }

  /** The answer is complete: what is queued may start at once, and running dry is no fault. */
  endTurn() {
    this.#turnEnded = true;
    this.#gap = Infinity;
    if (this.underRuns === this.#underRunsAtTurn) {
      this.#target = Math.max((this.#sourceRate * MIN_TARGET_MILLIS) / 1000, this.#target * 0.8);
    }
    this.#underRunsAtTurn = this.underRuns;
  }

  /**
   * Drops everything; the next quantum fades to silence and all after it are silent.
   * @returns {number} the position up to which was played
   */
  cut() {
    const heard = this.position;
    this.#fadeLength = 0;
    if (this.playing) {
      this.#fadeLength = this.#quantum;
      for (let i = 0; i < this.#quantum; i++) {
        this.#fade[i] = this.#nextSample() * (1 - (i + 1) / this.#quantum);
      }
    }
    this.#head = 0;
    this.#length = 0;
    this.position = this.received;
    this.playing = false;
    this.#last = 0;
    this.#waited = 0;
    this.#gap = Infinity;
    this.#resampler.reset();
    return heard;
  }

  /** Fills one quantum of output, values between -1 and 1. */
  read(/** @type {Float32Array} */ output) {
    if (output.length > this.#fade.length) {
      this.#fade = new Float32Array(output.length); // once, if a browser renders in larger quanta
    }
    this.#quantum = output.length;
    if (!this.playing && this.#fadeLength === 0 && this.#mayStart(output.length)) {
      this.playing = true;
      this.#waited = 0;
      this.#gain = 0;
    }
    for (let i = 0; i < output.length; i++) {
      output[i] = this.#fadeLength > 0 ? this.#fadeSample(i) : this.#nextSample();
    }
    this.#fadeLength = 0;
    if (!this.playing) {
      this.#gap += output.length;
    }
  }

  #fadeSample(/** @type {number} */ i) {
    return i < this.#fadeLength ? /** @type {number} */ (this.#fade[i]) : 0;
  }

  #mayStart(/** @type {number} */ frames) {
    if (this.#length === 0) {
      return false;
    }
    this.#waited += (frames * this.#sourceRate) / this.#outputRate;
    return this.#turnEnded || this.#length >= this.#target || this.#waited >= this.#target;
  }

  #nextSample() {
    while (this.playing && this.#resampler.needed > 0) {
      if (this.#length === 0) {
        this.playing = false;
        this.#gap = this.#turnEnded ? Infinity : 0;
        break;
      }
      this.#resampler.push(/** @type {number} */ (this.#ring[this.#head]) / 32768);
      this.#head = this.#head + 1 === this.#ring.length ? 0 : this.#head + 1;
      this.#length--;
      this.position++;
    }
    if (!this.playing) {
      // Never left to become a denormal number: those are slow to calculate with.
      this.#last = Math.abs(this.#last) < 1e-5 ? 0 : this.#last * RUN_DRY_DECAY;
      return this.#last;
    }
    this.#gain = Math.min(1, this.#gain + 1000 / (FADE_IN_MILLIS * this.#outputRate));
    this.#last = this.#resampler.next() * this.#gain;
    return this.#last;
  }
}
