// Audio thread: listens to the microphone, reports its level, and hands out PCM frames while asked to record.

import { PcmFramer } from './pcm-framer.js';

/** Milliseconds recorded after the request to stop: words spoken before it are still on their way from the device. */
const TAIL_MILLIS = 80;
/** Level reports per second; enough for a smooth drawing. */
const LEVELS_PER_SECOND = 30;

/**
 * Messages in: `{type: 'start'}`, `{type: 'stop'}`, `{type: 'recycle', buffer}`.
 * Messages out: `{type: 'level', rms}`, `{type: 'frame', buffer, bytes}`, and after a stop, last of all, `{type: 'stopped'}`.
 */
class PcmCaptureProcessor extends AudioWorkletProcessor {
  /** @type {'idle' | 'recording' | 'tail'} */
  #state = 'idle';
  #tailLeft = 0;
  #squares = 0;
  #squared = 0;
  #level = { type: 'level', rms: 0 };
  #framer = new PcmFramer(sampleRate, (buffer, bytes) => this.port.postMessage({ type: 'frame', buffer, bytes }, [buffer]));

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      switch (data.type) {
        case 'start':
          this.#state = 'recording';
          break;
        case 'stop':
          this.#stop();
          break;
        case 'recycle':
          this.#framer.recycle(data.buffer);
          break;
      }
    };
  }

  #stop() {
    if (this.#state === 'recording') {
      this.#state = 'tail';
      this.#tailLeft = (sampleRate * TAIL_MILLIS) / 1000;
    } else if (this.#state === 'idle') {
      this.port.postMessage({ type: 'stopped' });
    }
  }

  /**
   * @param {Float32Array[][]} inputs
   * @returns {boolean}
   */
  process(inputs) {
    const samples = inputs[0]?.[0];
    if (!samples) {
      if (this.#state === 'tail') {
        this.#finish(); // the device is gone: nothing more will come
      }
      return true;
    }
    if (this.#state !== 'idle') {
      this.#framer.push(samples);
    }
    if (this.#state === 'tail') {
      this.#tailLeft -= samples.length;
      if (this.#tailLeft <= 0) {
        this.#finish();
      }
    }
    this.#measure(samples);
    return true;
  }

  #finish() {
    this.#state = 'idle';
    this.#framer.flush();
    this.port.postMessage({ type: 'stopped' });
  }

  #measure(/** @type {Float32Array} */ samples) {
    for (let i = 0; i < samples.length; i++) {
      const sample = /** @type {number} */ (samples[i]);
      this.#squares += sample * sample;
    }
    this.#squared += samples.length;
    if (this.#squared >= sampleRate / LEVELS_PER_SECOND) {
      this.#level.rms = Math.sqrt(this.#squares / this.#squared);
      this.port.postMessage(this.#level);
      this.#squares = 0;
      this.#squared = 0;
    }
  }
}

registerProcessor('pcm-capture', PcmCaptureProcessor);
