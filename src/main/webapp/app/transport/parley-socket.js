// One WebSocket to /ws/audio-live with typed messages, byte counts and an eye on what the network cannot take.

import { parseServerMessage } from './messages.js';

/** Bytes waiting in the browser from which the connection counts as unsteady, and below which it is well again. */
const UNSTEADY_BYTES = 256 * 1024;
const STEADY_BYTES = 32 * 1024;
/** Bytes waiting above which audio is not accepted any more: half a minute of PCM, too late to be of use. */
const FULL_BYTES = 1024 * 1024;
/** How long the server may take to answer the handshake. */
const OPEN_TIMEOUT_MILLIS = 15000;

/**
 * @typedef {object} SocketListener
 * @property {() => void} opened
 * @property {(message: import('./messages.js').ServerMessage) => void} message
 * @property {(bytes: ArrayBuffer) => void} audio
 * @property {(unsteady: boolean) => void} steadiness told when it changes
 * @property {(end: {code: number, reason: string, everOpen: boolean}) => void} closed told exactly once, last of all
 */

/** Where the socket is, seen from a page: beside it, whatever the context path. */
export function socketUrl(/** @type {string} */ baseUri) {
  const url = new URL('ws/audio-live', baseUri);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = '';
  url.hash = '';
  return url;
}

/** A connection; everything happens on the page's thread. After `closed` nothing is told any more. */
export class ParleySocket {
  #socket;
  #unsteady = false;
  #everOpen = false;
  #listener;

  /**
   * @param {URL} url
   * @param {SocketListener} listener
   * @param {(url: URL) => WebSocket} [open] makes the socket
   */
  constructor(url, listener, open = (address) => new WebSocket(address)) {
    /** Payload bytes so far. */
    this.bytesUp = 0;
    this.bytesDown = 0;
    this.#listener = listener;
    const socket = open(url);
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    const timer = setTimeout(() => socket.close(), OPEN_TIMEOUT_MILLIS);
    socket.onopen = () => {
      clearTimeout(timer);
      this.#everOpen = true;
      listener.opened();
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') {
        this.bytesDown += data.length;
        listener.message(parseServerMessage(data));
      } else {
        this.bytesDown += data.byteLength;
        listener.audio(data);
      }
    };
    socket.onclose = ({ code, reason }) => {
      clearTimeout(timer);
      listener.closed({ code, reason, everOpen: this.#everOpen });
    };
  }

  /** Sends a message; without effect when the connection is not open. */
  send(/** @type {import('./messages.js').ClientMessage} */ message) {
    this.sendFrame(JSON.stringify(message));
  }

  /** Sends what is a frame already; without effect when the connection is not open. */
  sendFrame(/** @type {string | ArrayBufferView<ArrayBuffer>} */ frame) {
    if (this.#socket.readyState === 1) {
      this.bytesUp += typeof frame === 'string' ? frame.length : frame.byteLength;
      this.#socket.send(frame);
    }
  }

  /**
   * Sends the next bytes of the microphone; they are copied before this returns.
   * @param {ArrayBufferView<ArrayBuffer>} chunk
   * @returns {boolean} false when the network is so far behind that it was not taken
   */
  sendAudio(chunk) {
    this.watch();
    if (this.#socket.readyState !== 1) {
      return true; // closing: `closed` tells
    }
    if (this.#socket.bufferedAmount > FULL_BYTES) {
      return false;
    }
    this.bytesUp += chunk.byteLength;
    this.#socket.send(chunk);
    return true;
  }

  /** Looks at what waits; called with every chunk and from time to time. */
  watch() {
    const waiting = this.#socket.bufferedAmount;
    const unsteady = waiting > (this.#unsteady ? STEADY_BYTES : UNSTEADY_BYTES);
    if (unsteady !== this.#unsteady) {
      this.#unsteady = unsteady;
      this.#listener.steadiness(unsteady);
    }
  }

  /** Hangs up. */
  close(code = 1000) {
    this.#socket.close(code);
  }
}
