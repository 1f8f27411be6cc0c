// The model's voice as the conversation sees it: played, cut, and accounted for.

import { HeardLedger } from '../../audio/playback/heard-ledger.js';
import { Player } from '../../audio/playback/player.js';

/** @typedef {import('../../audio/playback/player.js').Playback} Playback */

/**
 * How far an earlier page has played: up to `position`, in an answer that began at `start`.
 * @typedef {{start: number, position: number}} Played
 */

/** The model's voice during one connection and until its last answer is played. */
export class Voice {
  #store;
  #send;
  #lastSpokenAt;
  /** @type {Player | null} */
  #player = null;
  #ledger = new HeardLedger();
  #answering = false;
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {Played} */
  #before = { start: 0, position: 0 };

  /**
   * @param {import('../state/state.js').ConversationStore} store
   * @param {(message: import('../../transport/messages.js').ClientMessage) => void} send
   * @param {() => number | null} lastSpokenAt when the person last said or wrote something, `performance.now()`
   */
  constructor(store, send, lastSpokenAt) {
    this.#store = store;
    this.#send = send;
    this.#lastSpokenAt = lastSpokenAt;
  }

  /**
   * A new connection; without a context it stays silent.
   * @param {AudioContext | null} context
   * @param {string} mimeType of its audio
   * @param {Played} [before] what an earlier page has played of this conversation
   */
  begin(context, mimeType, before = { start: 0, position: 0 }) {
    this.#context = context;
    this.#before = before;
    this.#ledger = new HeardLedger(before.start, before.position);
    this.#answering = false;
    this.#renew(mimeType);
  }

  /** A player that has played nothing yet. */
  #renew(/** @type {string} */ mimeType) {
    this.silence();
    if (this.#context) {
      const listener = { moved: (/** @type {Playback} */ playback) => this.#moved(playback), cut: (/** @type {Playback} */ playback) => this.#cut(playback) };
      this.#player = new Player(this.#context, mimeType, listener, this.#before.position);
    }
  }

  get #isUnused() {
    return this.#store.state.receivedMillis === this.#before.position;
  }

  /** The connection stands, or stands again; its audio is `mimeType`. */
  ready(/** @type {string} */ mimeType) {
    if (this.#isUnused) {
      this.#renew(mimeType);
    }
  }

  /** Audio is `mimeType` from now on; what came before is played as what it was. */
  changeFormat(/** @type {string} */ mimeType) {
    if (this.#isUnused) {
      this.#renew(mimeType); // better than converting all that is to come
    } else {
      this.#received(this.#player?.changeFormat(mimeType));
    }
  }

  /** Queues audio. */
  play(/** @type {ArrayBuffer} */ bytes) {
    this.#received(this.#player?.play(bytes));
  }

  #received(/** @type {number | undefined} */ millis) {
    if (millis) {
      this.#store.dispatch({ type: 'audioReceived', millis });
    }
  }

  /** The person cut in: silence within one quantum of the audio thread. */
  interrupted() {
    this.#player?.cut();
    this.#answering = false;
  }

  /** An answer is complete; it may still have to be played. */
  turnComplete(/** @type {number | null} */ turn) {
    this.#received(this.#player?.endTurn());
    this.#ledger.turnEnded(turn, this.#store.state.receivedMillis);
    this.#answering = false;
    this.#report(this.#ledger.played(this.#store.state.heardMillis));
  }

  /** Silence, and nothing more of this connection. */
  silence() {
    this.#player?.close();
    this.#player = null;
    const { receivedMillis } = this.#store.state;
    this.#store.dispatch({ type: 'played', playback: { playing: false, heardMillis: 0, receivedMillis } });
  }

  #moved(/** @type {Playback} */ playback) {
    const before = this.#store.state.playing;
    const spokenAt = this.#lastSpokenAt();
    if (playback.playing && !before && !this.#answering) {
      this.#answering = true;
      if (spokenAt !== null) {
        this.#answered(performance.now() - spokenAt, playback.heardMillis);
      }
    }
    this.#store.dispatch({ type: 'played', playback });
    this.#report(this.#ledger.played(playback.heardMillis));
    if (playback.playing) {
      this.#report(this.#ledger.progress(this.#store.state.turn, playback.heardMillis));
    }
  }

  #answered(/** @type {number} */ millis, /** @type {number} */ position) {
    this.#store.dispatch({ type: 'answered', millis });
    const sounding = this.#ledger.sounding(this.#store.state.turn ?? 1, position); // null: no word has come yet
    this.#send({ type: 'heard', millis: sounding.millis, turn: sounding.turn ?? 1, answeredAfterMillis: Math.round(millis) });
  }

  /** How much of the last answer this page has, played or waiting to be. */
  has() {
    const { turn, receivedMillis } = this.#store.state;
    return { turn: turn ?? 1, millis: this.#ledger.receivedOf(receivedMillis) }; // null: no word has come, and no turn has ended
  }

  /**
   * Where the page after this one goes on: `turn` is the answer that it hears first.
   * @returns {Played & {turn: number}}
   */
  heard() {
    const { turn, heardMillis } = this.#store.state;
    const { turn: first, start } = this.#ledger.unheard(turn, heardMillis);
    return { turn: first ?? 1, start, position: start + Math.max(0, Math.floor(heardMillis - start)) };
  }

  #cut(/** @type {Playback} */ playback) {
    this.#report(this.#ledger.cut(this.#store.state.turn, playback.heardMillis, playback.receivedMillis));
    this.#store.dispatch({ type: 'cut', playback });
  }

  #report(/** @type {import('../../audio/playback/heard-ledger.js').Heard[]} */ heard) {
    for (const { turn, millis } of heard) {
      this.#send({ type: 'heard', millis, ...(turn !== null && { turn }) });
    }
  }
}
