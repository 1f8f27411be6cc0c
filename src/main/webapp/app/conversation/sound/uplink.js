// Sends the microphone while it should be sent; starts and stops follow each other in order and lose no words.

/**
 * @typedef {object} Recorder
 * @property {(onChunk: (chunk: ArrayBufferView<ArrayBuffer>) => void) => Promise<void>} start begins a new stream
 * @property {() => Promise<void>} stop settles after the last chunk
 */

/**
 * @typedef {object} UplinkWire
 * @property {(message: import('../../transport/messages.js').ClientMessage) => void} send
 * @property {(chunk: ArrayBufferView<ArrayBuffer>) => boolean} sendAudio false when the network cannot take it
 */

/** The sending half of one connection. */
export class Uplink {
  #wire;
  #container;
  #manual;
  #listener;
  /** @type {(() => Recorder) | null} */
  #wanted = null;
  /** @type {Promise<void> | null} */
  #working = null;
  /** @type {Recorder | null} */
  #recorder = null;
  #last = false;
  /** Whether the present recording has sent anything: an empty one leaves no marks, as Gemini refuses an empty turn. */
  #sent = false;

  /**
   * @param {UplinkWire} wire
   * @param {{container: boolean, manual: boolean, unfinished?: boolean}} kind whether a new recording is a new container
   *     stream, whether this side marks the turns, and whether the page before this one was left while recording
   * @param {{failed: (failure: unknown) => void, overrun: () => void}} listener `failed`: the browser cannot record;
   *     `overrun`: the network took no more
   */
  constructor(wire, { container, manual, unfinished = false }, listener) {
    this.#wire = wire;
    this.#container = container;
    this.#manual = manual;
    this.#listener = listener;
    this.#sent = unfinished;
    this.#markEnd();
  }

  /** Whether what was sent has no end yet. */
  get unfinished() {
    return this.#recorder !== null && this.#sent;
  }

  /** Says what should be; `recorder` makes the recorder to use, null means silence. Repeating it changes nothing. */
  want(/** @type {(() => Recorder) | null} */ recorder) {
    this.#wanted = this.#last ? null : recorder;
    this.#work();
  }

  /**
   * Ends recording for good.
   * @returns {Promise<void>} when the last words were handed to the socket
   */
  async finish() {
    this.#last = true;
    this.want(null);
    await this.settled();
  }

  /** @returns {Promise<void>} when what is and what should be are the same */
  async settled() {
    while (this.#working) {
      await this.#working;
    }
  }

  #work() {
    if (!this.#working && (this.#wanted !== null) !== (this.#recorder !== null)) {
      this.#working = this.#step().finally(() => {
        this.#working = null;
        this.#work();
      });
    }
  }

  async #step() {
    if (this.#recorder) {
      await this.#recorder.stop();
      this.#recorder = null;
      this.#markEnd();
    } else if (this.#wanted) {
      await this.#begin(this.#wanted());
    }
  }

  async #begin(/** @type {Recorder} */ recorder) {
    this.#recorder = recorder;
    this.#sent = false;
    try {
      await recorder.start((chunk) => this.#send(chunk));
    } catch (failure) {
      this.#recorder = null;
      this.#wanted = null;
      this.#listener.failed(failure);
    }
  }

  #send(/** @type {ArrayBufferView<ArrayBuffer>} */ chunk) {
    if (!this.#sent && this.#manual) {
      this.#wire.send({ type: 'activityStart' });
    }
    this.#sent = true;
    if (!this.#wire.sendAudio(chunk)) {
      this.#listener.overrun();
    }
  }

  #markEnd() {
    if (!this.#sent) {
      return;
    }
    // A container needs its end told. So does automatic turn taking; in manual turn taking the end of activity says it.
    if (!this.#last && (this.#container || !this.#manual)) {
      this.#wire.send({ type: 'audioStreamEnd' });
    }
    if (this.#manual) {
      this.#wire.send({ type: 'activityEnd' });
    }
  }
}
