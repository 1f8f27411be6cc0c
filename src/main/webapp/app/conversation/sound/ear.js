// The microphone as the conversation sees it: open, level, recorders, and notices when something is wrong with it.

import { LevelMeter } from '../../audio/capture/level-meter.js';
import { Microphone } from '../../audio/capture/microphone.js';
import { microphoneFailure } from '../../audio/capture/microphone-failure.js';
import { PcmRecorder } from '../../audio/capture/pcm-recorder.js';
import { WebmRecorder } from '../../audio/capture/webm-recorder.js';
import { errorNotice, quietNotice } from '../../shared/notice.js';
import { isAtRest, isConnected } from '../state/state.js';
import { Uplink } from './uplink.js';

/** Bits per second asked of the browser for low bandwidth. */
const LOW_BANDWIDTH = 32000;

/** What helps while there is no microphone or no sound. */
export const TYPE_INSTEAD = 'You can type below meanwhile: answers appear as text.';

/** The person's microphone within the page. */
export class Ear {
  #store;
  #onLevel;
  #claim;
  #conversation;
  #microphone;
  #meter = new LevelMeter();
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {PcmRecorder | null} */
  #pcm = null;

  /**
   * @param {import('../state/state.js').ConversationStore} store
   * @param {(level: number) => void} onLevel 0 to 1, about thirty times a second while open; not part of the state,
   *     because nothing but one drawing depends on it
   * @param {import('../../audio/capture/microphone-claim.js').MicrophoneClaim} claim
   * @param {{wake: () => Promise<AudioContext | null>, settled: () => Promise<void>}} conversation `wake` gives the sound
   *     card, `settled` waits until nothing records from the microphone any more
   */
  constructor(store, onLevel, claim, conversation) {
    this.#store = store;
    this.#onLevel = onLevel;
    this.#claim = claim;
    this.#conversation = conversation;
    this.#microphone = new Microphone({
      unplugged: (label) => void this.replace(label),
      devicesChanged: () => void this.listDevices(),
    });
  }

  /** When a voice was last heard, `performance.now()`; null before. */
  get lastVoiceAt() {
    return this.#meter.lastVoiceAt;
  }

  /** Media type of what `recorder` makes, known before any microphone is open. */
  get mimeType() {
    return this.#usesPcm ? PcmRecorder.mimeType : WebmRecorder.mimeType;
  }

  get #usesPcm() {
    return this.#store.state.agreed.format === 'pcm' || !WebmRecorder.available;
  }

  /**
   * Opens the chosen microphone, or the default.
   * @param {Promise<AudioContext | null>} waking the sound card, or null when there is none, of which a notice tells
   * @param {string} [unplugged] name of the microphone that this one replaces
   * @returns {Promise<boolean>} false when there is none; a notice says why
   */
  async open(waking, unplugged = '') {
    const context = await waking;
    if (!context) {
      return false;
    }
    if (!this.#claim.take('conversation')) {
      this.#explain('The microphone is busy with a recording.', `Finish it under Recording, then press the button again. ${TYPE_INSTEAD}`);
      return false;
    }
    const { settings } = this.#store.state;
    try {
      const opened = await this.#microphone.open(unplugged ? '' : settings.microphone);
      this.#pcm?.close();
      this.#pcm = new PcmRecorder(context, opened.stream, (rms) => this.#measured(rms));
      this.#stream = opened.stream;
      const missing = unplugged || (opened.fellBack ? settings.microphoneLabel || 'Your microphone' : '');
      const notice = missing && quietNotice(`${missing} is not connected any more.`, `Now using ${opened.label || 'the default microphone'}.`);
      this.#store.dispatch({ type: 'microphoneOpened', label: opened.label, id: opened.id, notice: notice || null });
      if (isAtRest(this.#store.state)) {
        this.close(); // the conversation ended while the person was being asked
      }
      await this.listDevices();
      return true;
    } catch (failure) {
      this.close();
      this.#explainFailure(failure);
      return false;
    }
  }

  /** Goes over to the chosen microphone, or to the default when the one in use was `unplugged`. */
  async replace(/** @type {string} */ unplugged) {
    this.#store.dispatch({ type: 'microphoneClosed' });
    await this.#conversation.settled();
    if (isConnected(this.#store.state)) {
      await this.open(this.#conversation.wake(), unplugged);
    } else {
      this.close();
    }
  }

  /** Asks the person for the microphone only to learn the names of all. */
  async nameDevices() {
    try {
      await this.#microphone.open('');
      await this.listDevices();
    } catch (failure) {
      this.#explainFailure(failure);
    } finally {
      this.#microphone.close();
    }
  }

  #measured(/** @type {number} */ rms) {
    this.#meter.report(rms, performance.now());
    this.#onLevel(this.#meter.level);
  }

  #explainFailure(/** @type {unknown} */ failure) {
    const name = failure instanceof DOMException ? failure.name : '';
    this.#store.dispatch({ type: 'microphoneNotice', notice: microphoneFailure(name, navigator.userAgent, TYPE_INSTEAD) });
  }

  #muteBecause(/** @type {string} */ happened, /** @type {string} */ advice) {
    this.#store.dispatch({ type: 'muted', muted: true });
    this.#store.dispatch({ type: 'held', held: false });
    this.#explain(happened, advice);
  }

  /** Says beside the microphone what is wrong with it. */
  #explain(/** @type {string} */ happened, /** @type {string} */ advice) {
    this.#store.dispatch({ type: 'microphoneNotice', notice: errorNotice(happened, advice) });
  }

  /**
   * The sending half of a connection, for this microphone.
   * @param {import('./uplink.js').UplinkWire} wire
   * @param {boolean} manual whether this side marks the turns
   * @param {boolean} [unfinished] whether the page before this one was left while recording
   */
  uplink(wire, manual, unfinished = false) {
    return new Uplink(wire, { container: !this.#usesPcm, manual, unfinished }, {
      failed: () => this.#muteBecause('This microphone could not be recorded.', 'Choose another recording format in the settings.'),
      overrun: () => this.#muteBecause('The network cannot keep up, so the microphone was muted.', 'Unmute to go on, or choose low bandwidth in the settings.'),
    });
  }

  /** A recorder on the open microphone in the chosen format. */
  recorder() {
    if (this.#usesPcm && this.#pcm) {
      return this.#pcm;
    }
    const bits = this.#store.state.agreed.format === 'webm-32k' ? LOW_BANDWIDTH : undefined;
    return new WebmRecorder(/** @type {MediaStream} */ (this.#stream), bits);
  }

  /** Lists the microphones anew. */
  async listDevices() {
    this.#store.dispatch({ type: 'devicesListed', devices: await this.#microphone.devices() });
  }

  /** Lets go of the microphone. */
  close() {
    this.#microphone.close();
    this.#claim.giveBack('conversation');
    this.#pcm?.close();
    this.#pcm = null;
    this.#stream = null;
    this.#meter.reset();
    this.#onLevel(0);
    this.#store.dispatch({ type: 'microphoneClosed' });
  }
}
