// The last messages of a conversation, kept until nobody can ask for them again, over reloads of the page too; pure.

/** A minute of PCM at 16 kHz twice over, so that nothing is missing while the network is merely slow. */
const MOST_KEPT_BYTES = 4 * 1024 * 1024;

/** @typedef {string | Uint8Array<ArrayBuffer>} Frame */

/**
 * Messages as storage takes them: texts, which are JSON objects, as they are, and bytes as base64, which never begins like one.
 * @typedef {{count: number, frames: string[]}} PackedMessages
 */

/** Messages numbered from 1. */
export class KeptMessages {
  /** @type {Frame[]} */
  #kept = [];
  #bytes = 0;
  #count;
  /** How many there were when the page before this one was left, as far as it could write that down. */
  #inherited;

  /** @param {PackedMessages} [past] of the page before this one */
  constructor(past) {
    this.#count = past?.count ?? 0;
    this.#inherited = past?.count ?? Infinity;
    this.#keep((past?.frames ?? []).map(unpack));
  }

  /** Messages so far. */
  get count() {
    return this.#count;
  }

  /** One more; the oldest are forgotten when it is too much. */
  add(/** @type {Frame} */ frame) {
    this.#count++;
    this.#kept.push(frame);
    this.#bytes += frame.length;
    while (this.#bytes > MOST_KEPT_BYTES) {
      this.#bytes -= this.#kept.shift()?.length ?? this.#bytes;
    }
  }

  /**
   * The server has taken so many, and counts on from there: so does this side, whatever the page before this one sent after
   * its last note, and whatever was forgotten here.
   * @returns {number} how many need not be sent again
   */
  agree(/** @type {number} */ received) {
    const own = Math.max(0, this.#count - this.#inherited);
    if (received > this.#inherited) {
      this.#keep(this.#kept.slice(Math.max(0, this.#kept.length - own)));
      this.#count = received + this.#kept.length;
    } else if (received < this.#count - this.#kept.length) {
      this.#count = received + this.#kept.length;
    }
    this.#inherited = Infinity;
    return Math.min(this.#count, received);
  }

  /** At most `most` frames that follow the first `sent` messages. */
  after(/** @type {number} */ sent, /** @type {number} */ most) {
    const from = Math.max(0, sent - (this.#count - this.#kept.length));
    return this.#kept.slice(from, from + most);
  }

  /**
   * The newest of them, together not much longer than `most`, for the page after this one.
   * @returns {PackedMessages}
   */
  packed(/** @type {number} */ most) {
    let first = this.#kept.length;
    for (let bytes = 0; first > 0 && bytes + (this.#kept[first - 1]?.length ?? 0) <= most; first--) {
      bytes += this.#kept[first - 1]?.length ?? 0;
    }
    return { count: this.#count, frames: this.#kept.slice(first).map(pack) };
  }

  clear() {
    this.#keep([]);
  }

  #keep(/** @type {Frame[]} */ frames) {
    this.#kept = frames;
    this.#bytes = frames.reduce((sum, { length }) => sum + length, 0);
  }
}

function pack(/** @type {Frame} */ frame) {
  if (typeof frame === 'string') {
    return frame;
  }
  let bytes = '';
  for (let i = 0; i < frame.length; i += 8192) {
    bytes += String.fromCharCode(...frame.subarray(i, i + 8192));
  }
  return btoa(bytes);
}

/** @returns {Frame} */
function unpack(/** @type {string} */ packed) {
  return packed.startsWith('{') ? packed : Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
}
