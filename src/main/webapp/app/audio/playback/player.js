// Plays the model's voice: takes binary messages as they come and says what has really been heard.

import { RateConverter } from './rate-converter.js';

/**
 * What was played, in milliseconds of the model's audio since the connection began, dropped audio included.
 * @typedef {object} Playback
 * @property {boolean} playing whether sound is coming out
 * @property {number} heardMillis position of what reached the loudspeaker
 * @property {number} receivedMillis position of the newest audio
 */

/** Joins a stream of bytes, cut anywhere, into whole 16-bit samples. */
export class SampleAligner {
  #odd = -1;

  /**
   * @param {ArrayBuffer} bytes
   * @returns {ArrayBuffer} whole samples: the argument itself when nothing had to be joined
   */
  align(bytes) {
    if (this.#odd < 0 && bytes.byteLength % 2 === 0) {
      return bytes;
    }
    const carried = this.#odd < 0 ? 0 : 1;
    const all = new Uint8Array(carried + bytes.byteLength);
    if (carried) {
      all[0] = this.#odd;
    }
    all.set(new Uint8Array(bytes), carried);
    const whole = all.length - (all.length % 2);
    this.#odd = whole < all.length ? /** @type {number} */ (all[whole]) : -1;
    return all.buffer.slice(0, whole);
  }
}

/** Sample rate of a PCM media type such as `audio/pcm;rate=24000`; 24 kHz when it does not say. */
export function rateOf(/** @type {string} */ mimeType) {
  const rate = Number(/rate=(\d+)/.exec(mimeType)?.[1]);
  return rate >= 8000 && rate <= 96000 ? rate : 24000;
}

/** The loudspeaker of one connection. Close it when the next one begins. */
export class Player {
  #context;
  #rate;
  #origin;
  #node;
  #aligner = new SampleAligner();
  /** @type {RateConverter | null} */
  #converter = null;

  /**
   * @param {AudioContext} context with `player-processor.js` loaded
   * @param {string} mimeType of the audio to come
   * @param {{moved: (playback: Playback) => void, cut: (playback: Playback) => void}} listener `moved` about ten times a
   *     second while playing and whenever sound starts or stops; `cut` once for every cut
   * @param {number} [origin] position at which it begins: what an earlier page has played
   */
  constructor(context, mimeType, listener, origin = 0) {
    this.#context = context;
    this.#origin = origin;
    this.#rate = rateOf(mimeType);
    this.#node = new AudioWorkletNode(context, 'player', {
      numberOfInputs: 0,
      outputChannelCount: [1],
      processorOptions: { sourceRate: this.#rate },
    });
    this.#node.port.onmessage = ({ data }) => {
      const playback = this.#playback(data);
      if (data.type === 'cut') {
        listener.cut(playback);
      } else {
        listener.moved(playback);
      }
    };
    this.#node.connect(context.destination);
  }

  /** @returns {Playback} */
  #playback(/** @type {{playing?: boolean, position: number, received: number}} */ report) {
    // While playing, what the worklet rendered is heard only after the device's own delay.
    const delayMillis = report.playing === false ? 0 : (this.#context.outputLatency || 0) * 1000;
    return {
      playing: report.playing ?? false,
      heardMillis: this.#origin + Math.max(0, (report.position * 1000) / this.#rate - delayMillis),
      receivedMillis: this.#origin + (report.received * 1000) / this.#rate,
    };
  }

  /**
   * Queues audio, which belongs to the player from here.
   * @param {ArrayBuffer} bytes PCM s16le mono, cut anywhere
   * @returns {number} milliseconds of sound queued by it
   */
  play(bytes) {
    const buffer = this.#aligner.align(bytes);
    return this.#queue(this.#converter ? this.#converter.convert(new Int16Array(buffer)).buffer : buffer);
  }

  /** @returns {number} milliseconds queued */
  #queue(/** @type {ArrayBuffer} */ buffer) {
    const millis = (buffer.byteLength * 500) / this.#rate;
    if (millis > 0) {
      this.#node.port.postMessage({ type: 'audio', buffer }, [buffer]);
    }
    return millis;
  }

  /**
   * Audio from now on has another type; what is queued keeps its own. The queue stays at the rate it began with.
   * @param {string} mimeType
   * @returns {number} milliseconds of sound queued by it: what a conversion until now still held
   */
  changeFormat(mimeType) {
    const millis = this.#finishConversion();
    const rate = rateOf(mimeType);
    this.#aligner = new SampleAligner(); // half a sample of the old stream would shift all of the new one
    this.#converter = rate === this.#rate ? null : new RateConverter(rate, this.#rate);
    return millis;
  }

  #finishConversion() {
    return this.#converter ? this.#queue(this.#converter.finish().buffer) : 0;
  }

  /**
   * The answer is complete.
   * @returns {number} milliseconds of sound queued by it: what a conversion still held
   */
  endTurn() {
    const millis = this.#finishConversion();
    this.#node.port.postMessage({ type: 'endTurn' });
    return millis;
  }

  /** Silence now: the audio thread drops everything before its next quantum. */
  cut() {
    this.#converter?.reset();
    this.#node.port.postMessage({ type: 'cut' });
  }

  /** Silence, for good. */
  close() {
    this.#node.disconnect();
    this.#node.port.onmessage = null;
    this.#node.port.close();
  }
}
