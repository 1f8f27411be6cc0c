// Conducts the recording tab: what a person does and what the server says become events, files and requests.

import { microphoneFailure } from '../audio/capture/microphone-failure.js';
import { wakeOrExplain } from '../audio/wake.js';
import { errorNotice, quietNotice } from '../shared/notice.js';
import { fetchModelList } from '../transport/batch/model-list.js';
import { Submission, submissionUrl } from '../transport/batch/submission.js';
import { pictureOf } from './source/picture.js';
import { Tape } from './source/tape.js';
import { askedOf, rememberForm } from './state/form.js';
import { isAtRisk, isUnderWay, isUnsaved, maySend } from './state/state.js';

/** @typedef {import('./state/state.js').Clip} Clip */

/** How often the time recorded is told, ms. */
const TICK_MILLIS = 250;

const CHOOSE_INSTEAD = 'You can choose a file meanwhile.';

/**
 * @typedef {object} House what the page has only one of
 * @property {import('../audio/sound-card.js').SoundCard} sound
 * @property {import('../audio/capture/microphone-claim.js').MicrophoneClaim} claim
 * @property {() => {id: string, label: string}} chosen the microphone that the person chose; an empty id means the default
 * @property {() => void} allowed told when the person has allowed a microphone, so that all can be named
 */

/** The recordings of this page, one at a time. Everything here runs on the page's thread. */
export class Recording {
  #store;
  #house;
  #tape;
  #attempt = 0;
  #clips = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  /** @type {Submission | null} */
  #submission = null;
  /** What waits for the person to say that the clip may be replaced. */
  #waiting = () => undefined;
  #asking = false;

  /**
   * @param {import('./state/state.js').RecordingStore} store
   * @param {(level: number) => void} onLevel of the microphone, 0 to 1, for drawing
   * @param {House} house
   */
  constructor(store, onLevel, house) {
    this.#store = store;
    this.#house = house;
    this.#tape = new Tape({
      level: onLevel,
      unplugged: (label) => void this.#finish(quietNotice(`${label || 'The microphone'} is not connected any more.`, 'What was recorded until then is kept.')),
      full: () => void this.#finish(quietNotice('The recording is as long as a server takes.', 'It was stopped here and is kept. Record the rest as a second one.')),
    });
    window.addEventListener('beforeunload', (event) => isAtRisk(store.state) && event.preventDefault());
  }

  /** The large button: records, or stops recording. */
  press() {
    const { capture } = this.#store.state;
    if (capture === 'recording') {
      void this.#finish(null);
    } else if (capture === 'asking') {
      this.#attempt++;
      this.#end(null);
    } else if (capture === 'rest') {
      this.#unlessUnsaved(() => void this.#record());
    }
  }

  /** Takes a file in the place of whatever there is. */
  take(/** @type {File} */ file) {
    this.#unlessUnsaved(() => void this.#takeFile(file));
  }

  /** Removes the clip. */
  remove() {
    this.#unlessUnsaved(() => this.#store.dispatch({ type: 'clipRemoved' }));
  }

  /** The person's word on whether the clip may be replaced. */
  decide(/** @type {boolean} */ replace) {
    const waiting = this.#waiting;
    this.#waiting = () => undefined;
    this.#store.dispatch({ type: 'doubted', doubting: false });
    if (replace) {
      waiting();
    }
  }

  /** Sends the clip; again after an error. */
  async send() {
    const { clip, form, models } = this.#store.state;
    if (!clip || !maySend(this.#store.state) || this.#asking) {
      return;
    }
    this.#asking = true;
    const readable = await isReadable(clip.blob);
    this.#asking = false;
    if (!readable) {
      const advice = 'It was moved, changed or deleted since you chose it. Choose it again.';
      this.#store.dispatch({ type: 'notice', place: 'answer', notice: errorNotice('The file cannot be read any more.', advice) });
      return;
    }
    this.#store.dispatch({ type: 'submitted' });
    this.#submission = new Submission(
      submissionUrl(document.baseURI),
      { file: clip.blob, name: clip.name, ...askedOf(form, models) },
      {
        uploaded: (sent, total) => this.#store.dispatch({ type: 'uploaded', sent, total }),
        event: (event) => this.#store.dispatch({ type: 'answer', event }),
      },
    );
  }

  /** Gives the answer up; the clip stays. */
  cancel() {
    this.#submission?.cancel();
    this.#submission = null;
    this.#store.dispatch({ type: 'cancelled' });
  }

  /** Counts from the next sending on. */
  changeForm(/** @type {import('./state/form.js').Form} */ form) {
    this.#store.dispatch({ type: 'formChanged', form });
    rememberForm(form);
  }

  /** Asks the server for its models. */
  async listModels() {
    try {
      this.#store.dispatch({ type: 'modelsListed', models: await fetchModelList(document.baseURI) });
    } catch {
      const notice = { ...quietNotice('The list of models could not be loaded.', 'You can send all the same: the server chooses.'), retry: true };
      this.#store.dispatch({ type: 'notice', place: 'models', notice });
    }
  }

  #unlessUnsaved(/** @type {() => void} */ action) {
    const { state } = this.#store;
    if (state.capture !== 'rest' || isUnderWay(state)) {
      return;
    }
    if (isUnsaved(state)) {
      this.#waiting = () => void action();
      this.#store.dispatch({ type: 'doubted', doubting: true });
    } else {
      action();
    }
  }

  async #record() {
    const attempt = ++this.#attempt;
    const { claim, sound, chosen, allowed } = this.#house;
    if (!claim.take('recording')) {
      const notice = quietNotice('The conversation is using the microphone.', `Stop it under Talk, then press the button again. ${CHOOSE_INSTEAD}`);
      this.#store.dispatch({ type: 'notice', place: 'capture', notice });
      return;
    }
    this.#store.dispatch({ type: 'asking' });
    const waking = wakeOrExplain(sound, (notice) => this.#end(notice), CHOOSE_INSTEAD);
    try {
      const context = await waking;
      const opened = context && attempt === this.#attempt ? await this.#tape.open(context, chosen().id) : null;
      if (attempt !== this.#attempt) {
        this.#tape.close();
      } else if (opened) {
        await this.#tape.start();
        const missing = opened.fellBack && quietNotice(`${chosen().label || 'Your microphone'} is not connected any more.`, `Now using ${opened.label || 'the default microphone'}.`);
        this.#store.dispatch({ type: 'recordingBegan', at: performance.now(), notice: missing || null });
        this.#ticking = setInterval(() => this.#tick(), TICK_MILLIS);
        allowed();
      }
    } catch (failure) {
      if (attempt === this.#attempt) {
        this.#end(microphoneFailure(failure instanceof DOMException ? failure.name : '', navigator.userAgent, CHOOSE_INSTEAD));
      }
    }
  }

  #tick() {
    this.#store.dispatch({ type: 'tick', at: performance.now(), bytes: this.#tape.bytes });
  }

  /** Ends recording, whoever wished it; what was recorded is kept. */
  async #finish(/** @type {import('../shared/notice.js').Notice | null} */ notice) {
    if (this.#store.state.capture !== 'recording') {
      return;
    }
    clearInterval(this.#ticking);
    this.#tick();
    this.#store.dispatch({ type: 'finishing' });
    const { blob, extension } = await this.#tape.finish();
    if (blob.size > 0) {
      this.#accept({ blob, name: `recording-${stamp(new Date())}.${extension}`, source: 'microphone', safe: false });
    }
    this.#end(blob.size > 0 ? notice : errorNotice('Nothing was recorded.', 'The microphone gave no sound. Choose another one beside the button, or try again.'));
  }

  #end(/** @type {import('../shared/notice.js').Notice | null} */ notice) {
    this.#tape.close();
    this.#house.claim.giveBack('recording');
    this.#store.dispatch({ type: 'captureEnded', notice });
  }

  async #takeFile(/** @type {File} */ file) {
    if (file.size > 0 && (await isReadable(file))) {
      this.#store.dispatch({ type: 'notice', place: 'capture', notice: null });
      this.#accept({ blob: file, name: file.name || 'recording', source: 'file', safe: true });
    } else {
      const happened = file.size > 0 ? `${file.name || 'This'} cannot be read.` : `${file.name || 'This file'} is empty.`;
      this.#store.dispatch({ type: 'notice', place: 'capture', notice: errorNotice(happened, 'Choose another file.') });
    }
  }

  #accept(/** @type {Omit<Clip, 'id'>} */ clip) {
    const id = ++this.#clips;
    this.#store.dispatch({ type: 'clipTaken', clip: { ...clip, id } });
    void pictureOf(clip.blob).then((picture) => this.#store.dispatch({ type: 'clipDrawn', id, picture }));
  }
}

/** Whether its bytes are really there: a file may be gone, or be a folder. */
async function isReadable(/** @type {Blob} */ blob) {
  try {
    await blob.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** 2026-11-24-0915, in the person's own time. */
function stamp(/** @type {Date} */ date) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}-${two(date.getHours())}${two(date.getMinutes())}`;
}
