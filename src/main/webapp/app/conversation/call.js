// One call: a connection to the server with sound both ways, from dialling to its end.

import { Lifeline } from '../transport/lifeline.js';
import { startMessage } from '../transport/messages.js';
import { socketUrl } from '../transport/parley-socket.js';
import { mementoOf } from './state/returning.js';
import { wordsOf } from './state/settings.js';
import { sendsAudio } from './state/state.js';

/** A call goes on over lost connections and reloaded pages. Everything happens on the page's thread. */
export class Call {
  #store;
  #parts;
  #socket;
  /** @type {import('./sound/uplink.js').Uplink | null} */
  #uplink = null;
  #over = false;
  #id;

  /**
   * @param {import('./state/state.js').ConversationStore} store
   * @param {{ear: import('./sound/ear.js').Ear, voice: import('./sound/voice.js').Voice, received: (message: import('../transport/messages.js').ServerMessage) => void, over: () => void}} parts
   *     `received`: after a message has become state; `over`: last of all, before the state knows
   * @param {AudioContext | null} context without one it is silent
   * @param {import('./state/returning.js').Memento | null} past what the page before this one left
   */
  constructor(store, parts, context, past) {
    this.#store = store;
    this.#parts = parts;
    this.#id = past?.conversation ?? '';
    // Chosen once: settings changed later count from the next conversation on.
    const settings = store.state.agreed;
    const manual = settings.turnTaking === 'manual';
    const { ear, voice } = parts;
    const { mimeType } = ear;
    voice.begin(context, '', past?.heard);
    /** @type {Lifeline} */
    const socket = new Lifeline(
      socketUrl(document.baseURI),
      {
        opened: () => {
          socket.send(startMessage({ ...settings, vocabulary: wordsOf(settings.vocabulary) }, mimeType));
          this.#uplink = ear.uplink(socket, manual);
          this.follow();
        },
        message: (message) => this.#received(message),
        audio: (bytes) => !this.#over && voice.play(bytes),
        steadiness: (unsteady) => !this.#over && store.dispatch({ type: 'steadiness', unsteady }),
        lost: () => !this.#over && store.dispatch({ type: 'lost' }),
        has: () => voice.has(),
        closed: (end) => this.end(end),
      },
      undefined,
      past?.line,
    );
    this.#socket = socket;
    if (past) {
      this.#uplink = ear.uplink(socket, manual, past.unfinished);
    }
  }

  #received(/** @type {import('../transport/messages.js').ServerMessage} */ message) {
    if (this.#over) {
      return;
    }
    this.#store.dispatch({ type: 'server', message, at: performance.now() });
    const { voice } = this.#parts;
    switch (message.type) {
      case 'ready':
        this.#id = message.conversation;
        voice.ready(message.outputMimeType);
        break;
      case 'output':
        voice.changeFormat(message.mimeType);
        break;
      case 'interrupted':
        voice.interrupted();
        break;
      case 'turnComplete':
        voice.turnComplete(message.turn);
        break;
      case 'ended':
        this.hangUp({ code: message.code, reason: message.reason });
        break;
    }
    this.#parts.received(message);
  }

  /** Sends a message. */
  send(/** @type {import('../transport/messages.js').ClientMessage} */ message) {
    this.#socket.send(message);
  }

  /** The microphone is sent when the state says so. */
  follow() {
    this.#uplink?.want(sendsAudio(this.#store.state) ? () => this.#parts.ear.recorder() : null);
  }

  /** When nothing records any more. */
  async settled() {
    await this.#uplink?.settled();
  }

  /** Whether the server was ever reached. */
  get isReached() {
    return this.#uplink !== null;
  }

  /** Sends the last words. */
  async finish() {
    await this.#uplink?.finish();
  }

  /** Looks at what waits, and counts. */
  tick() {
    this.#socket.watch();
    const { bytesUp, bytesDown } = this.#socket;
    this.#store.dispatch({ type: 'tick', at: performance.now(), bytesUp, bytesDown });
  }

  /** What the page after this one needs, with not much more than `bytes` of what was said; null: nothing to go on with. */
  memento(/** @type {number} */ bytes) {
    const line = this.#over ? null : this.#socket.past(bytes);
    return line && mementoOf(this.#store.state, { conversation: this.#id, line, heard: this.#parts.voice.heard(), unfinished: this.#uplink?.unfinished ?? false });
  }

  /** It is over; nobody waits for the other side's close frame. */
  hangUp(end = { code: 1000, reason: '' }) {
    this.end({ ...end, everOpen: true });
    this.#socket.close();
  }

  /** It goes on in another tab. */
  yield() {
    this.#close();
    this.#parts.voice.silence();
    this.#socket.yield();
    this.#store.dispatch({ type: 'taken' });
    this.#parts.ear.close();
  }

  /** The connection is over. */
  end(/** @type {{code: number, reason: string, everOpen: boolean}} */ end) {
    if (!this.#over) {
      this.tick();
      this.#close();
      this.#parts.voice.turnComplete(null);
      this.#store.dispatch({ type: 'closed', ...end });
      this.#parts.ear.close();
    }
  }

  #close() {
    this.#over = true;
    this.#parts.over();
    this.#uplink?.want(null);
    this.#uplink = null;
  }
}
