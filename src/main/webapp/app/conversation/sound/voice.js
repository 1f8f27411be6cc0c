// The model's voice as the conversation sees it: played, cut, and accounted for.

import { HeardLedger } from '../../audio/playback/heard-ledger.js';
import { Player } from '../../audio/playback/player.js';

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

  /** A new connection whose audio is `mimeType`; without a context it stays silent. */
  begin(/** @type {AudioContext | null} */ context, /** @type {string} */ mimeType) {
    this.silence();
    this.#context = context;
    this.#ledger = new HeardLedger();
    this.#answering = false;
    if (context) {
      this.#player = new Player(context, mimeType, { moved: (playback) => this.#moved(playback), cut: (playback) => this.#cut(playback) });
    }
  }

  /** Audio is `mimeType` from now on; what came before is played as what it was. */
  changeFormat(/** @type {string} */ mimeType) {
    if (this.#store.state.receivedMillis === 0) {
      this.begin(this.#context, mimeType); // nothing to keep: better than converting all that is to come
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

  #moved(/** @type {import('../../audio/playback/player.js').Playback} */ playback) {
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

  #cut(/** @type {import('../../audio/playback/player.js').Playback} */ playback) {
    this.#report(this.#ledger.cut(this.#store.state.turn, playback.heardMillis, playback.receivedMillis));
    this.#store.dispatch({ type: 'cut', playback });
  }

  #report(/** @type {import('../../audio/playback/heard-ledger.js').Heard[]} */ heard) {
    for (const { turn, millis } of heard) {
      this.#send({ type: 'heard', millis, ...(turn !== null && { turn }) });
    }
  }
}
