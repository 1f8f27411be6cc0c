// Keeps what is recorded: chunks become one Blob, which the browser may put on disk.

/** Chunks held as they came before they are joined: half a minute. */
const LOOSE_CHUNKS = 300;

/** One recording in the making. */
export class Reel {
  /** @type {BlobPart[]} */
  #parts = [];
  #mostBytes;

  /** Bytes so far. */
  bytes = 0;

  /** @param {number} mostBytes it takes; what comes later is refused, as nobody could send it */
  constructor(mostBytes) {
    this.#mostBytes = mostBytes;
  }

  /**
   * Takes in the next chunk, which is copied.
   * @param {ArrayBufferView<ArrayBuffer>} chunk
   * @returns {boolean} false when the reel is full
   */
  add(chunk) {
    if (this.bytes + chunk.byteLength > this.#mostBytes) {
      return false;
    }
    this.bytes += chunk.byteLength;
    this.#parts.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength).slice());
    if (this.#parts.length > LOOSE_CHUNKS) {
      this.#parts = [new Blob(this.#parts)];
    }
    return true;
  }

  /**
   * @param {string} type media type
   * @param {BlobPart[]} before what stands in front of it
   * @returns {Blob} everything so far
   */
  take(type, before = []) {
    return new Blob([...before, ...this.#parts], { type });
  }
}
