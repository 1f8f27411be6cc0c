// The microphone as the conversation sees it: open, level, recorders, and notices when something is wrong with it.

import { LevelMeter } from '../audio/level-meter.js';
import { Microphone } from '../audio/microphone.js';
import { microphoneFailure } from '../audio/microphone-failure.js';
import { PcmRecorder } from '../audio/pcm-recorder.js';
import { WebmRecorder } from '../audio/webm-recorder.js';

/** @typedef {import('./state.js').Notice} Notice */

/** Bits per second asked of the browser for low bandwidth. */
const LOW_BANDWIDTH = 32000;

/** @returns {Notice} */
function note(/** @type {string} */ happened, /** @type {string} */ advice) {
  return { tone: 'note', happened, advice, steps: [], retry: false };
}

/** The person's microphone within the page. */
export class Ear {
  #store;
  #onLevel;
  #microphone;
  #meter = new LevelMeter();
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {PcmRecorder | null} */
  #pcm = null;

  /**
   * @param {import('./store.js').Store} store
   * @param {(level: number) => void} onLevel 0 to 1, about thirty times a second while open; not part of the state,
   *     because nothing but one drawing depends on it
   * @param {(label: string) => void} onUnplugged
   */
  constructor(store, onLevel, onUnplugged) {
    this.#store = store;
    this.#onLevel = onLevel;
    this.#microphone = new Microphone({
      unplugged: onUnplugged,
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

  /** Whether every recording is a container stream of its own. */
  get container() {
    return !this.#usesPcm;
  }

  get #usesPcm() {
    return this.#store.state.agreed.format === 'pcm' || !WebmRecorder.available;
  }

  /**
   * Opens the chosen microphone, or the default.
   * @param {AudioContext} context
   * @param {string} [unplugged] name of the microphone that this one replaces
   * @returns {Promise<boolean>} false when there is none; a notice says why
   */
  async open(context, unplugged = '') {
    const { settings } = this.#store.state;
    try {
      const opened = await this.#microphone.open(unplugged ? '' : settings.microphone);
      this.#pcm?.close();
      this.#pcm = new PcmRecorder(context, opened.stream, (rms) => {
        this.#meter.report(rms, performance.now());
        this.#onLevel(this.#meter.level);
      });
      this.#stream = opened.stream;
      const missing = unplugged || (opened.fellBack ? settings.microphoneLabel || 'Your microphone' : '');
      const notice = missing && note(`${missing} is not connected any more.`, `Now using ${opened.label || 'the default microphone'}.`);
      this.#store.dispatch({ type: 'microphoneOpened', label: opened.label, id: opened.id, notice: notice || null });
      await this.listDevices();
      return true;
    } catch (failure) {
      this.close();
      const name = failure instanceof DOMException ? failure.name : '';
      this.#store.dispatch({ type: 'microphoneNotice', notice: microphoneFailure(name, navigator.userAgent) });
      return false;
    }
  }

  /** Says beside the microphone what is wrong with it. */
  explain(/** @type {string} */ happened, /** @type {string} */ advice) {
    this.#store.dispatch({ type: 'microphoneNotice', notice: { ...note(happened, advice), tone: 'error' } });
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
    this.#pcm?.close();
    this.#pcm = null;
    this.#stream = null;
    this.#meter.reset();
    this.#onLevel(0);
    this.#store.dispatch({ type: 'microphoneClosed' });
  }
}
