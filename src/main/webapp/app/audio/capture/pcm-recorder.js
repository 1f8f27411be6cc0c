// Records raw PCM with the least delay; also the ear that measures the level whichever recorder is in use.

import { WIRE_RATE } from './pcm-framer.js';

/** Longest wait for the last frame, ms; the audio thread answers within 100 ms unless its device is gone. */
const STOP_TIMEOUT_MILLIS = 500;

/** Recorder and level ear of one open microphone. */
export class PcmRecorder {
  #node;
  #source;
  /** @type {((chunk: ArrayBufferView<ArrayBuffer>) => void)} */
  #onChunk = () => undefined;
  /** @type {(() => void) | null} */
  #onStopped = null;

  /** What `start` declares. */
  static mimeType = `audio/pcm;rate=${WIRE_RATE}`;

  /**
   * @param {AudioContext} context with `pcm-capture-processor.js` loaded
   * @param {MediaStream} stream the microphone
   * @param {(rms: number) => void} onLevel told about thirty times a second, recording or not
   */
  constructor(context, stream, onLevel) {
    this.#node = new AudioWorkletNode(context, 'pcm-capture', {
      channelCount: 1,
      channelCountMode: 'explicit',
      channelInterpretation: 'speakers',
      outputChannelCount: [1],
    });
    this.#node.port.onmessage = ({ data }) => {
      switch (data.type) {
        case 'level':
          onLevel(data.rms);
          break;
        case 'frame':
          this.#onChunk(new Uint8Array(data.buffer, 0, data.bytes));
          this.#node.port.postMessage({ type: 'recycle', buffer: data.buffer }, [data.buffer]);
          break;
        case 'stopped':
          this.#onStopped?.();
          break;
      }
    };
    this.#source = context.createMediaStreamSource(stream);
    // Its output is silence; connected because some browsers render only what leads to the loudspeaker.
    this.#source.connect(this.#node).connect(context.destination);
  }

  /**
   * Begins to record.
   * @param {(chunk: ArrayBufferView<ArrayBuffer>) => void} onChunk is given s16le mono at 16 kHz, 40 ms at a time; must
   *     copy what it keeps
   * @returns {Promise<void>}
   */
  async start(onChunk) {
    this.#onChunk = onChunk;
    this.#node.port.postMessage({ type: 'start' });
  }

  /**
   * Ends recording.
   * @returns {Promise<void>} when the last chunk was handed over
   */
  stop() {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#onStopped = null;
        this.#onChunk = () => undefined;
        resolve();
      };
      const timer = setTimeout(done, STOP_TIMEOUT_MILLIS);
      this.#onStopped = done;
      this.#node.port.postMessage({ type: 'stop' });
    });
  }

  /** Lets go of the microphone. */
  close() {
    this.#source.disconnect();
    this.#node.disconnect();
    this.#node.port.onmessage = null;
    this.#node.port.close();
  }
}
