// Conducts a conversation: what a person does and what the server says become events, sound and messages.

import { Microphone } from '../audio/capture/microphone.js';
import { MicrophoneClaim } from '../audio/capture/microphone-claim.js';
import { SoundCard } from '../audio/sound-card.js';
import { wakeOrExplain } from '../audio/wake.js';
import { Call } from './call.js';
import { Choices } from './choices.js';
import { Outbox } from './outbox.js';
import { Patience } from './patience.js';
import { Ear, TYPE_INSTEAD } from './sound/ear.js';
import { Voice } from './sound/voice.js';
import { isAtRest, isConnected, isRead } from './state/state.js';

/** The conversations of this page, one at a time. Everything here runs on the page's thread. */
export class Conversation {
  #store;
  #sound;
  #ear;
  #voice;
  /** @type {Call | null} */
  #call = null;
  #outbox = new Outbox();
  #attempt = 0;
  #withMicrophone = true;
  #patience = new Patience(() => this.#hangUp());
  /** Takes the conversation over from another tab; told when one has begun: for whoever keeps it over reloads. */
  takeOver = () => undefined;
  begun = (/** @type {string} */ _id) => undefined;

  /**
   * @param {import('./state/state.js').ConversationStore} store
   * @param {(level: number) => void} onLevel of the microphone, 0 to 1, for drawing
   * @param {{sound: SoundCard, claim: MicrophoneClaim}} [shared] what the page has only one of
   */
  constructor(store, onLevel, shared = { sound: new SoundCard(), claim: new MicrophoneClaim() }) {
    this.#store = store;
    this.#sound = shared.sound;
    this.#ear = new Ear(store, onLevel, shared.claim, { wake: () => this.#wake(), settled: async () => this.#call?.settled() });
    /** What the person chooses beside talking. */
    this.choices = new Choices(store, this.#ear);
    this.#voice = new Voice(store, (message) => this.#call?.send(message), () => this.#lastSpokenAt());
    store.subscribe(() => this.#call?.follow());
    setInterval(() => this.#call?.tick(), 1000);
    void this.choices.listMicrophones();
  }

  /** The large button: starts, or mutes and unmutes. */
  press() {
    const { state } = this.#store;
    if (state.returning === 'elsewhere') {
      this.takeOver();
    } else if (isAtRest(state)) {
      void this.#start(true);
    } else if (state.returning === 'sound') {
      void this.#wake();
      this.#store.dispatch({ type: 'pressed' });
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
    this.#call?.send({ type: 'toolDecision', call, allow });
  }

  /** Sends what needs no order among words: pictures. */
  send(/** @type {import('../transport/messages.js').ClientMessage} */ message) {
    this.#call?.send(message);
  }

  /** Ends the conversation: the last words are sent, the answer to them may still come. Twice: ends it at once. */
  async stop() {
    const { phase } = this.#store.state;
    this.#outbox.clear();
    if (phase === 'asking') {
      this.#attempt++;
      this.#ear.close();
      this.#store.dispatch({ type: 'abandoned' });
      return;
    }
    const call = this.#call;
    if (phase === 'finishing' || phase === 'ended' || !call?.isReached) {
      this.#hangUp();
      return;
    }
    this.#store.dispatch({ type: 'stopping' });
    this.#patience.renew();
    await call.finish();
    this.#ear.close();
    call.send({ type: 'stop' });
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

  #connect(/** @type {AudioContext | null} */ context, /** @type {import('./state/returning.js').Memento | null} */ past = null) {
    const over = () => {
      this.#call = null;
      this.#patience.end();
    };
    this.#call = new Call(this.#store, { ear: this.#ear, voice: this.#voice, received: (message) => this.#received(message), over }, context, past);
  }

  #received(/** @type {import('../transport/messages.js').ServerMessage} */ message) {
    if (message.type === 'ready') {
      this.begun(message.conversation);
      this.#sendUnsent();
    }
    if (this.#store.state.phase === 'finishing') {
      this.#patience.renew();
    }
  }

  /** Goes on with what the page before this one left; where the browser wants a press of something first, the page asks for it. */
  async goOn(/** @type {import('./state/returning.js').Memento} */ memento) {
    const { open } = memento.microphone;
    const context = await this.#wake();
    this.#withMicrophone = open;
    this.#connect(context, memento);
    const call = this.#call;
    const silent = isRead(this.#store.state) && !open;
    const awake = !context || silent || (await this.#sound.isAwake());
    const allowed = open && context !== null && awake && (await Microphone.isAllowed());
    if (call !== this.#call || this.#store.state.microphone.open) {
      return; // over meanwhile, or the person was faster
    }
    if (allowed) {
      await this.#ear.open(this.#wake());
    } else if (context && (open || !awake)) {
      this.#store.dispatch({ type: 'pressWanted', returning: open ? 'microphone' : 'sound' });
    }
  }

  /** What the page after this one needs to go on, with not much more than `bytes` of what was said; null: nothing. */
  memento(/** @type {number} */ bytes) {
    return this.#store.state.phase === 'live' ? this.#call?.memento(bytes) ?? null : null;
  }

  /** Another tab has it now. */
  yield() {
    this.#call?.yield();
  }

  /** The person leaves this page for good, and what was said is nobody else's: it ends at once, and nothing of it is kept. */
  leave() {
    this.#outbox.clear();
    this.#hangUp();
  }

  #hangUp() {
    this.#voice.silence();
    this.#call?.hangUp();
  }

  #sendUnsent() {
    const call = this.#call;
    if (call && this.#store.state.phase === 'live') {
      this.#outbox.sendThrough((text) => call.send({ type: 'text', text }));
    }
  }

  #lastSpokenAt() {
    const moments = [this.#ear.lastVoiceAt, this.#outbox.sentAt].filter((moment) => moment !== null);
    return moments.length > 0 ? Math.max(...moments) : null;
  }
}
