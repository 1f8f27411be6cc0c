// Records the microphone into one file: WebM/Opus where the browser makes it, else WAV.

import { LevelMeter } from '../../audio/capture/level-meter.js';
import { Microphone } from '../../audio/capture/microphone.js';
import { WIRE_RATE } from '../../audio/capture/pcm-framer.js';
import { PcmRecorder } from '../../audio/capture/pcm-recorder.js';
import { WebmRecorder } from '../../audio/capture/webm-recorder.js';
import { Reel } from './reel.js';
import { wavHeader } from './wav.js';

/** As much as a server takes unless it is told otherwise: 3½ hours of WebM, 100 minutes of WAV. */
const MOST_BYTES = 200e6;

/**
 * @typedef {object} TapeListener
 * @property {(level: number) => void} level 0 to 1, about thirty times a second while open
 * @property {(label: string) => void} unplugged the microphone is gone
 * @property {() => void} full no more can be kept
 */

/** One recording at a time. */
export class Tape {
  #listener;
  #microphone;
  #meter = new LevelMeter();
  /** @type {PcmRecorder | null} */
  #ear = null;
  /** @type {PcmRecorder | WebmRecorder | null} */
  #recorder = null;
  #reel = new Reel(MOST_BYTES);

  /** @param {TapeListener} listener */
  constructor(listener) {
    this.#listener = listener;
    this.#microphone = new Microphone({ unplugged: listener.unplugged, devicesChanged: () => undefined });
  }

  /** Bytes recorded so far. */
  get bytes() {
    return this.#reel.bytes;
  }

  /**
   * Opens a microphone.
   * @param {AudioContext} context
   * @param {string} id of the wanted device, empty for the default
   * @returns {Promise<import('../../audio/capture/microphone.js').OpenMicrophone>} rejects with the browser's DOMException
   */
  async open(context, id) {
    const opened = await this.#microphone.open(id);
    this.#ear = new PcmRecorder(context, opened.stream, (rms) => {
      this.#meter.report(rms, performance.now());
      this.#listener.level(this.#meter.level);
    });
    this.#recorder = WebmRecorder.available ? new WebmRecorder(opened.stream, undefined) : this.#ear;
    return opened;
  }

  /** Begins. @returns {Promise<void>} rejects when the browser cannot record this microphone */
  async start() {
    const reel = new Reel(MOST_BYTES);
    this.#reel = reel;
    let full = false;
    await this.#recorder?.start((chunk) => {
      if (!full && !reel.add(chunk)) {
        full = true;
        this.#listener.full();
      }
    });
  }

  /**
   * Ends, and lets go of the microphone.
   * @returns {Promise<{blob: Blob, extension: string}>} everything up to the last word; empty when nothing came
   */
  async finish() {
    const recorder = this.#recorder;
    this.#recorder = null;
    await recorder?.stop();
    const webm = recorder instanceof WebmRecorder;
    this.close();
    const header = webm || this.bytes === 0 ? [] : [wavHeader(WIRE_RATE, this.bytes)];
    return { blob: this.#reel.take(webm ? 'audio/webm' : 'audio/wav', header), extension: webm ? 'webm' : 'wav' };
  }

  /** Lets go of the microphone. */
  close() {
    this.#microphone.close();
    this.#ear?.close();
    this.#ear = null;
    this.#meter.reset();
    this.#listener.level(0);
  }
}
