// Cuts microphone samples into frames of s16le PCM at the rate of the wire; runs on the audio thread.

import { Resampler } from '../resampler.js';

/** Hz; what Gemini hears (Live API guide, "Audio formats"), so that the server has nothing left to convert. */
export const WIRE_RATE = 16000;
/** 40 ms: short enough not to be felt, long enough to keep the number of messages low. */
export const FRAME_SAMPLES = 640;
/** Frames in circulation between the two threads before a new one has to be made. */
const SPARE_FRAMES = 8;

/** Scales one sample to 16 bits; loud ones are cut off, never wrapped around. */
export function toInt16(/** @type {number} */ sample) {
  return Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
}

/**
 * Framer of one microphone. `push` does not allocate as long as sent frames come back through `recycle`.
 */
export class PcmFramer {
  #resampler;
  #onFrame;
  /** @type {ArrayBuffer[]} */
  #spare = [];
  #frame;
  #filled = 0;

  /**
   * @param {number} sourceRate Hz, of the samples pushed
   * @param {(buffer: ArrayBuffer, bytes: number) => void} onFrame is given a frame and how much of it is filled; owns it
   */
  constructor(sourceRate, onFrame) {
    this.#resampler = new Resampler(sourceRate, WIRE_RATE);
    this.#onFrame = onFrame;
    for (let i = 0; i < SPARE_FRAMES; i++) {
      this.#spare.push(new ArrayBuffer(FRAME_SAMPLES * 2));
    }
    this.#frame = this.#nextFrame();
  }

  #nextFrame() {
    return new Int16Array(this.#spare.pop() ?? new ArrayBuffer(FRAME_SAMPLES * 2));
  }

  /** Takes in mono samples between -1 and 1. */
  push(/** @type {Float32Array} */ samples) {
    for (let i = 0; i < samples.length; i++) {
      this.#pushOne(/** @type {number} */ (samples[i]));
    }
  }

  #pushOne(/** @type {number} */ sample) {
    this.#resampler.push(sample);
    while (this.#resampler.needed === 0) {
      this.#frame[this.#filled++] = toInt16(this.#resampler.next());
      if (this.#filled === FRAME_SAMPLES) {
        this.#emit();
      }
    }
  }

  #emit() {
    const { buffer } = this.#frame;
    const bytes = this.#filled * 2;
    this.#filled = 0;
    this.#onFrame(/** @type {ArrayBuffer} */ (buffer), bytes);
    this.#frame = this.#nextFrame();
  }

  /** Hands out what is left, including what still lies in the filter, and starts anew. */
  flush() {
    for (let i = 0; i < this.#resampler.delay; i++) {
      this.#pushOne(0);
    }
    if (this.#filled > 0) {
      this.#emit();
    }
    this.#resampler.reset();
  }

  /** Takes a sent frame back. */
  recycle(/** @type {ArrayBuffer} */ buffer) {
    if (this.#spare.length < SPARE_FRAMES && buffer.byteLength === FRAME_SAMPLES * 2) {
      this.#spare.push(buffer);
    }
  }
}
