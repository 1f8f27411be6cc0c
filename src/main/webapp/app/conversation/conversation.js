// Conducts a conversation: what a person does and what the server says become events, sound and messages.

import { MicrophoneClaim } from '../audio/capture/microphone-claim.js';
import { SoundCard } from '../audio/sound-card.js';
import { wakeOrExplain } from '../audio/wake.js';
import { Lifeline } from '../transport/lifeline.js';
import { startMessage } from '../transport/messages.js';
import { socketUrl } from '../transport/parley-socket.js';
import { Choices } from './choices.js';
import { Outbox } from './outbox.js';
import { Patience } from './patience.js';
import { Ear, TYPE_INSTEAD } from './sound/ear.js';
import { Voice } from './sound/voice.js';
import { wordsOf } from './state/settings.js';
import { isAtRest, isConnected, sendsAudio } from './state/state.js';

/** The conversations of this page, one at a time. Everything here runs on the page's thread. */
export class Conversation {
  #store;
  #sound;
  #ear;
  #voice;
  /** @type {Lifeline | null} */
  #socket = null;
  /** @type {import('./sound/uplink.js').Uplink | null} */
  #uplink = null;
  #outbox = new Outbox();
  #attempt = 0;
  #withMicrophone = true;
  #patience = new Patience(() => this.#hangUp());

  /**
   * @param {import('./state/state.js').ConversationStore} store
   * @param {(level: number) => void} onLevel of the microphone, 0 to 1, for drawing
   * @param {{sound: SoundCard, claim: MicrophoneClaim}} [shared] what the page has only one of
   */
  constructor(store, onLevel, shared = { sound: new SoundCard(), claim: new MicrophoneClaim() }) {
    this.#store = store;
    this.#sound = shared.sound;
    this.#ear = new Ear(store, onLevel, shared.claim, { wake: () => this.#wake(), settled: async () => this.#uplink?.settled() });
    /** What the person chooses beside talking. */
    this.choices = new Choices(store, this.#ear);
    this.#voice = new Voice(store, (message) => this.#socket?.send(message), () => this.#lastSpokenAt());
    store.subscribe(() => this.#follow());
    setInterval(() => this.#tick(), 1000);
    void this.choices.listMicrophones();
  }

  /** The large button: starts, or mutes and unmutes. */
  press() {
    const { state } = this.#store;
    if (isAtRest(state)) {
      void this.#start(true);
    } else if (isConnected(state) && state.phase !== 'finishing') {
      if (state.microphone.open) {
        this.#store.dispatch({ type: 'muted', muted: !state.microphone.muted });
      } else {
        void this.#ear.open(this.#wake());
      }
    }
  }

  /** Push to talk: from now on, or until now, the person speaks. */
  hold(/** @type {boolean} */ held) {
    const { state } = this.#store;
    if (held && (isAtRest(state) || !state.microphone.open)) {
      this.press();
    }
    if (state.microphone.held !== held) {
      this.#store.dispatch({ type: 'held', held });
      this.#outbox.sentAt = held ? this.#outbox.sentAt : performance.now();
    }
  }

  /** Begins anew as before. */
  retry() {
    if (isAtRest(this.#store.state)) {
      void this.#start(this.#withMicrophone);
    }
  }

  /** Sends text; begins a conversation when there is none. */
  say(/** @type {string} */ text) {
    if (this.#store.state.phase === 'finishing') {
      this.#hangUp();
    }
    this.#outbox.add(text);
    if (isAtRest(this.#store.state)) {
      void this.#start(false);
    }
    this.#store.dispatch({ type: 'typed', text });
    this.#sendUnsent();
  }

  /** Allows or refuses a call that the person was asked about. */
  decide(/** @type {number} */ call, /** @type {boolean} */ allow) {
    this.#socket?.send({ type: 'toolDecision', call, allow });
  }

  /** Sends what needs no order among words: pictures. */
  send(/** @type {import('../transport/messages.js').ClientMessage} */ message) {
    this.#socket?.send(message);
  }

  /** Ends the conversation: the last words are sent, the answer to them may still come. Twice: ends it at once. */
  async stop() {
    const { phase } = this.#store.state;
    this.#outbox.clear();
    if (phase === 'asking') {
      this.#attempt++;
      this.#ear.close();
      this.#store.dispatch({ type: 'abandoned' });
    } else if (phase === 'finishing' || phase === 'ended' || !this.#uplink) {
      this.#hangUp();
    } else {
      this.#store.dispatch({ type: 'stopping' });
      this.#patience.renew();
      const socket = this.#socket;
      await this.#uplink.finish();
      this.#ear.close();
      socket?.send({ type: 'stop' });
    }
  }

  async #start(/** @type {boolean} */ withMicrophone) {
    const attempt = ++this.#attempt;
    this.#withMicrophone = withMicrophone;
    this.#voice.silence();
    this.#store.dispatch({ type: 'started', withMicrophone });
    const waking = this.#wake(); // not awaited before the microphone is asked for: both need the press of the button
    if (withMicrophone) {
      const open = await this.#ear.open(waking);
      if (attempt !== this.#attempt) {
        this.#ear.close();
        return;
      }
      if (!open) {
        this.#store.dispatch({ type: 'abandoned' });
        return;
      }
      this.#store.dispatch({ type: 'connecting' });
    }
    const context = await waking;
    if (attempt === this.#attempt) {
      this.#connect(context);
    }
  }

  #wake() {
    return wakeOrExplain(this.#sound, (notice) => this.#store.dispatch({ type: 'microphoneNotice', notice }), TYPE_INSTEAD);
  }

  #connect(/** @type {AudioContext | null} */ context) {
    // Chosen once: settings changed later count from the next conversation on.
    const settings = this.#store.state.agreed;
    const { mimeType } = this.#ear;
    this.#voice.begin(context, '');
    /** @type {Lifeline} */
    const socket = new Lifeline(socketUrl(document.baseURI), {
      opened: () => {
        socket.send(startMessage({ ...settings, vocabulary: wordsOf(settings.vocabulary) }, mimeType));
        this.#uplink = this.#ear.uplink(socket, settings.turnTaking === 'manual');
        this.#follow();
      },
      message: (message) => this.#socket === socket && this.#received(context, message),
      audio: (bytes) => this.#socket === socket && this.#voice.play(bytes),
      steadiness: (unsteady) => this.#socket === socket && this.#store.dispatch({ type: 'steadiness', unsteady }),
      lost: () => this.#socket === socket && this.#store.dispatch({ type: 'lost' }),
      has: () => this.#voice.has(),
      closed: (end) => this.#socket === socket && this.#closed(end),
    });
    this.#socket = socket;
  }

  #received(/** @type {AudioContext | null} */ context, /** @type {import('../transport/messages.js').ServerMessage} */ message) {
    this.#store.dispatch({ type: 'server', message, at: performance.now() });
    switch (message.type) {
      case 'ready':
        if (!message.resumed) {
          this.#voice.begin(context, message.outputMimeType);
        }
        this.#sendUnsent();
        break;
      case 'output':
        this.#voice.changeFormat(message.mimeType);
        break;
      case 'interrupted':
        this.#voice.interrupted();
        break;
      case 'turnComplete':
        this.#voice.turnComplete(message.turn);
        break;
      case 'ended':
        this.#leave({ code: message.code, reason: message.reason });
        break;
    }
    if (this.#store.state.phase === 'finishing') {
      this.#patience.renew();
    }
  }

  #closed(/** @type {{code: number, reason: string, everOpen: boolean}} */ end) {
    this.#patience.end();
    this.#tick();
    this.#socket = null;
    this.#uplink?.want(null);
    this.#uplink = null;
    this.#voice.turnComplete(null);
    this.#store.dispatch({ type: 'closed', ...end });
    this.#ear.close();
  }

  #hangUp() {
    this.#voice.silence();
    this.#leave({ code: 1000, reason: '' });
  }

  /** It is over; nobody waits for the other side's close frame. */
  #leave(/** @type {{code: number, reason: string}} */ end) {
    const socket = this.#socket;
    if (socket) this.#closed({ ...end, everOpen: true });
    socket?.close();
  }

  #sendUnsent() {
    if (this.#store.state.phase === 'live') {
      this.#outbox.sendThrough((text) => this.#socket?.send({ type: 'text', text }));
    }
  }

  /** Whatever happened: the uplink does what the state says. */
  #follow() {
    this.#uplink?.want(sendsAudio(this.#store.state) ? () => this.#ear.recorder() : null);
  }

  #tick() {
    if (this.#socket) {
      this.#socket.watch();
      const { bytesUp, bytesDown } = this.#socket;
      this.#store.dispatch({ type: 'tick', at: performance.now(), bytesUp, bytesDown });
    }
  }

  #lastSpokenAt() {
    const moments = [this.#ear.lastVoiceAt, this.#outbox.sentAt].filter((moment) => moment !== null);
    return moments.length > 0 ? Math.max(...moments) : null;
  }
}
