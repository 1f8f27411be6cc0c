// Records WebM/Opus through the browser's MediaRecorder: less data, about 60 to 100 ms later than PCM.

/** How often the browser is asked for data, ms. */
const SLICE_MILLIS = 100;

/**
 * How long recording goes on after Stop, ms: Chrome's encoder packs 60 ms frames and throws away the one it has begun,
 * and the device is some milliseconds late. Without it the last syllable could be missing.
 */
const TAIL_MILLIS = 120;

/** A recorder whose every `start` begins a new WebM stream. */
export class WebmRecorder {
  #stream;
  #options;
  /** @type {MediaRecorder | null} */
  #recorder = null;
  #stopped = Promise.resolve();
  /** Hands chunks over in order, as reading a Blob takes a different time for each. */
  #delivery = Promise.resolve();

  /** What `start` declares. */
  static mimeType = 'audio/webm;codecs=opus';

  /** Whether this browser can record it; some Safari versions cannot. */
  static get available() {
    return typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported(WebmRecorder.mimeType);
  }

  /**
   * @param {MediaStream} stream the microphone
   * @param {number | undefined} bitsPerSecond undefined: the browser's own choice, about 128 kbit/s
   */
  constructor(stream, bitsPerSecond) {
    this.#stream = stream;
    this.#options = { mimeType: WebmRecorder.mimeType, ...(bitsPerSecond && { audioBitsPerSecond: bitsPerSecond }) };
  }

  /**
   * Begins to record.
   * @param {(chunk: ArrayBufferView<ArrayBuffer>) => void} onChunk is given the next bytes of the stream
   * @returns {Promise<void>} rejects when the browser cannot record this microphone
   */
  async start(onChunk) {
    const recorder = new MediaRecorder(this.#stream, this.#options);
    recorder.ondataavailable = ({ data }) => {
      this.#delivery = this.#delivery.then(async () => {
        if (data.size > 0) {
          onChunk(new Uint8Array(await data.arrayBuffer()));
        }
      });
    };
    // Comes after the final dataavailable (MediaStream Recording, §2.3), whoever stops it: an unplugged device does, too.
    this.#stopped = new Promise((resolve) => {
      recorder.onstop = () => resolve();
    });
    recorder.start(SLICE_MILLIS);
    this.#recorder = recorder;
  }

  /**
   * Ends recording.
   * @returns {Promise<void>} when the last chunk was handed over
   */
  async stop() {
    const recorder = this.#recorder;
    this.#recorder = null;
    if (recorder && recorder.state !== 'inactive') {
      await new Promise((resolve) => setTimeout(resolve, TAIL_MILLIS));
    }
    if (recorder && recorder.state !== 'inactive') {
      recorder.stop();
    }
    await this.#stopped;
    await this.#delivery;
  }
}
