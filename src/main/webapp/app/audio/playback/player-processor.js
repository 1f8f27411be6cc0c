// Audio thread: plays the model's voice out of a jitter buffer and reports how far it got.

import { JitterBuffer } from './jitter-buffer.js';

/** Position reports per second while playing. */
const REPORTS_PER_SECOND = 10;

/**
 * Messages in: `{type: 'audio', buffer}` (s16 samples), `{type: 'endTurn'}`, `{type: 'cut'}`.
 * Messages out: `{type: 'position', playing, position, received, underRuns}` and, answering a cut,
 * `{type: 'cut', position, received}`; positions in source samples.
 */
class PlayerProcessor extends AudioWorkletProcessor {
  #buffer;
  #wasPlaying = false;
  #sinceReport = 0;
  #report = { type: 'position', playing: false, position: 0, received: 0, underRuns: 0 };

  constructor(/** @type {{processorOptions: {sourceRate: number}}} */ options) {
    super();
    this.#buffer = new JitterBuffer(options.processorOptions.sourceRate, sampleRate);
    this.port.onmessage = ({ data }) => {
      switch (data.type) {
        case 'audio':
          this.#buffer.write(new Int16Array(data.buffer));
          break;
        case 'endTurn':
          this.#buffer.endTurn();
          break;
        case 'cut':
          this.port.postMessage({ type: 'cut', position: this.#buffer.cut(), received: this.#buffer.received });
          break;
      }
    };
  }

  /**
   * @param {Float32Array[][]} _inputs
   * @param {Float32Array[][]} outputs
   * @returns {boolean}
   */
  process(_inputs, outputs) {
    const output = outputs[0]?.[0];
    if (!output) {
      return true;
    }
    this.#buffer.read(output);
    this.#sinceReport += output.length;
    const changed = this.#buffer.playing !== this.#wasPlaying;
    if (changed || (this.#buffer.playing && this.#sinceReport >= sampleRate / REPORTS_PER_SECOND)) {
      this.#wasPlaying = this.#buffer.playing;
      this.#sinceReport = 0;
      this.#report.playing = this.#buffer.playing;
      this.#report.position = this.#buffer.position;
      this.#report.received = this.#buffer.received;
      this.#report.underRuns = this.#buffer.underRuns;
      this.port.postMessage(this.#report);
    }
    return true;
  }
}

registerProcessor('player', PlayerProcessor);
