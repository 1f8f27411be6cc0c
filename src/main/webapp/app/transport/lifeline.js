// One conversation over as many sockets as it takes: what was sent and not taken is sent again when the connection is back.

import { failureOf } from './failure-kind.js';
import { KeptMessages } from './kept-messages.js';
import { ParleySocket } from './parley-socket.js';

/** The server waits a minute for a lost page. */
const PATIENCE_MILLIS = 58000;
/** Pauses between attempts; the last one goes on. */
const PAUSES_MILLIS = [0, 500, 1000, 2000, 4000];
/** Messages sent again at a time, and the pause after them: the server takes 500 a second. */
const BATCH = 40;
const BATCH_MILLIS = 100;
/** Close code of a page that lets another one go on: anything but 1000, which would end the conversation. */
const LEFT_TO_ANOTHER = 3000;
/** A message that asks for nothing. */
const NOTHING = new Uint8Array(0);

/**
 * @typedef {import('./parley-socket.js').SocketListener & {
 *   lost: () => void,
 *   has: () => {turn: number, millis: number}}} LifelineListener `lost`: the connection is gone and is being made
 *     again, until `ready` with `resumed` comes or `closed` is told; `has`: how much of the last answer this page has
 */

/**
 * What the page after this one needs to go on.
 * @typedef {{token: string} & import('./kept-messages.js').PackedMessages} Past
 */

/** A connection that comes back by itself. Everything happens on the page's thread. */
export class Lifeline {
  #url;
  #listener;
  #open;
  /** @type {ParleySocket} */
  #socket;
  #token;
  /** The server has no such conversation any more. */
  #gone = false;
  /** Nothing is to be gone on with: one side has said the end. */
  #over = false;
  #connected = false;
  /** Messages sent so far, `start` not counted. */
  #kept;
  /** While it is sent again: how many messages the server has or will get before. */
  #next = 0;
  #attempts = 0;
  #lostAt = 0;
  #bytesUp = 0;
  #bytesDown = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {URL} url
   * @param {LifelineListener} listener
   * @param {(url: URL) => WebSocket} [open] makes a socket
   * @param {Past | null} [past] a conversation to go on with; `opened` is not told then
   */
  constructor(url, listener, open = (address) => new WebSocket(address), past = null) {
    this.#url = url;
    this.#listener = listener;
    this.#open = open;
    this.#token = past?.token ?? '';
    this.#kept = new KeptMessages(past ?? undefined);
    this.#socket = this.#dial(past ? () => this.#resume() : () => listener.opened());
  }

  /**
   * What the page after this one needs to go on, with not much more than `most` bytes of messages.
   * @returns {Past | null} null when there is nothing to go on with
   */
  past(/** @type {number} */ most) {
    return this.#token === '' || this.#over ? null : { token: this.#token, ...this.#kept.packed(most) };
  }

  /** Payload bytes so far. */
  get bytesUp() {
    return this.#bytesUp + this.#socket.bytesUp;
  }

  get bytesDown() {
    return this.#bytesDown + this.#socket.bytesDown;
  }

  #dial(/** @type {() => void} */ opened) {
    /** @type {ParleySocket} */
    const socket = new ParleySocket(
      this.#url,
      {
        opened: () => {
          this.#connected = this.#token === '';
          opened();
        },
        message: (message) => this.#message(message),
        audio: (bytes) => this.#listener.audio(bytes),
        steadiness: (unsteady) => this.#listener.steadiness(unsteady),
        closed: (end) => this.#closed(end),
      },
      this.#open,
    );
    return socket;
  }

  #message(/** @type {import('./messages.js').ServerMessage} */ message) {
    if (message.type === 'ready') {
      this.#token = message.resume;
      if (message.resumed) {
        this.#takenUp(message.received);
      }
    } else if (message.type === 'ended') {
      this.#over = true;
    } else if (message.type === 'notResumed') {
      this.#gone = true;
      this.#socket.close();
    }
    this.#listener.message(message);
  }

  /** The conversation goes on: what the server has not got is sent again, in its order, and what is said meanwhile behind it. */
  #takenUp(/** @type {number} */ received) {
    this.#attempts = 0;
    this.#next = this.#kept.agree(received);
    this.#catchUp();
  }

  #catchUp() {
    const batch = this.#kept.after(this.#next, BATCH);
    batch.forEach((frame) => this.#socket.sendFrame(frame));
    this.#next += batch.length;
    if (batch.length > 0 && this.#next < this.#kept.count) {
      this.#timer = setTimeout(() => this.#catchUp(), BATCH_MILLIS);
    } else {
      this.#connected = true;
    }
  }

  #closed(/** @type {{code: number, reason: string, everOpen: boolean}} */ end) {
    if (this.#gone) {
      this.#giveUp({ code: 1006, reason: '', everOpen: true }); // this page closed, but nobody asked it to
      return;
    }
    const lost = this.#token !== '' && !this.#over && end.code !== 1000 && failureOf(end.code) === null;
    this.#connected = false;
    clearTimeout(this.#timer);
    if (!lost) {
      this.#giveUp(end);
      return;
    }
    if (this.#attempts === 0) {
      this.#lostAt = Date.now();
      this.#listener.lost();
    }
    if (Date.now() - this.#lostAt > PATIENCE_MILLIS) {
      this.#giveUp({ ...end, everOpen: true });
      return;
    }
    const pause = PAUSES_MILLIS[Math.min(this.#attempts, PAUSES_MILLIS.length - 1)];
    this.#attempts++;
    this.#timer = setTimeout(() => this.#again(), pause);
  }

  #again() {
    this.#bytesUp += this.#socket.bytesUp;
    this.#bytesDown += this.#socket.bytesDown;
    this.#socket = this.#dial(() => this.#resume());
  }

  #resume() {
    const { turn, millis } = this.#listener.has();
    this.#socket.send({ type: 'start', resume: this.#token, lastHeardMillis: Math.floor(millis), lastHeardTurn: turn });
  }

  #giveUp(/** @type {{code: number, reason: string, everOpen: boolean}} */ end) {
    clearTimeout(this.#timer);
    this.#over = true;
    this.#kept.clear();
    this.#listener.closed(end);
  }

  /** Sends a message, now or when the connection is back; a picture now or never. */
  send(/** @type {import('./messages.js').ClientMessage} */ message) {
    if (message.type === 'start') {
      this.#socket.send(message);
      return;
    }
    const frame = JSON.stringify(message);
    if (message.type === 'image') {
      if (this.#connected) {
        this.#kept.add(NOTHING); // an old picture is of no use, but the server counts it
        this.#socket.sendFrame(frame);
      }
      return;
    }
    this.#kept.add(frame);
    if (this.#connected) {
      this.#socket.sendFrame(frame);
    }
    this.#over ||= message.type === 'stop' && this.#connected;
  }

  /**
   * Sends the next bytes of the microphone, now or when the connection is back.
   * @param {ArrayBufferView<ArrayBuffer>} chunk
   * @returns {boolean} false when the network is so far behind that it was not taken
   */
  sendAudio(chunk) {
    const own = new Uint8Array(chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.byteLength));
    if (this.#connected && !this.#socket.sendAudio(own)) {
      return false;
    }
    this.#kept.add(own);
    return true;
  }

  /** Looks at what waits; called from time to time. */
  watch() {
    this.#socket.watch();
  }

  /** Hangs up. */
  close() {
    this.#leave();
  }

  /** Leaves the conversation to another page: it goes on, but not here. */
  yield() {
    this.#leave(LEFT_TO_ANOTHER);
  }

  #leave(/** @type {number | undefined} */ code = undefined) {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#socket.close(code);
  }
}
