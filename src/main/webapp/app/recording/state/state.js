// The one state object of the recording tab and every event that may change it.

/** @typedef {import('../../shared/notice.js').Notice} Notice */
/** @typedef {import('../../transport/batch/answer-event.js').AnswerEvent} AnswerEvent */
/** @typedef {import('../../transport/batch/model-list.js').ModelList} ModelList */
/** @typedef {import('./form.js').Form} Form */

/**
 * What will be sent. One from the microphone exists nowhere else until it was answered or saved.
 * @typedef {object} Clip
 * @property {number} id counts the clips of this page
 * @property {Blob} blob
 * @property {string} name of the file
 * @property {'microphone' | 'file'} source
 * @property {boolean} safe whether losing it here loses nothing
 */

/**
 * What can be seen of a clip: its loudness over time, or why there is nothing to see.
 * @typedef {{kind: 'drawing'} | {kind: 'drawn', peaks: number[], seconds: number} | {kind: 'unreadable'} | {kind: 'long'}} Picture
 */

/**
 * sending: its bytes are on their way · working: the server has it · answering · done · failed · cancelled.
 * @typedef {object} Job
 * @property {'sending' | 'working' | 'answering' | 'done' | 'failed' | 'cancelled'} phase
 * @property {number} sentBytes
 * @property {number} totalBytes
 * @property {import('../../transport/batch/answer-event.js').Progress | null} progress what the server said last
 * @property {string} transcript
 * @property {string} speaker who spoke last in it; empty when the model tells none apart
 * @property {string} text
 * @property {number} totalTokens
 * @property {import('../../transport/batch/answer-event.js').Finish | null} finish
 */

/** @typedef {'rest' | 'asking' | 'recording' | 'finishing'} Capture */

/**
 * @typedef {object} State
 * @property {Capture} capture what the microphone is doing for this tab
 * @property {number} beganAt milliseconds
 * @property {number} now milliseconds, moved by ticks
 * @property {number} bytes recorded so far
 * @property {Clip | null} clip
 * @property {Picture} picture
 * @property {Form} form
 * @property {ModelList | null} models null until the server has told
 * @property {Job | null} job
 * @property {{capture: Notice | null, answer: Notice | null, models: Notice | null}} notices
 * @property {boolean} doubting the person is asked whether the clip may be replaced
 */

/** @typedef {keyof State['notices']} NoticePlace */

/**
 * @typedef {{type: 'asking'}
 *   | {type: 'recordingBegan', at: number, notice: Notice | null}
 *   | {type: 'tick', at: number, bytes: number}
 *   | {type: 'finishing'}
 *   | {type: 'captureEnded', notice: Notice | null}
 *   | {type: 'clipTaken', clip: Clip}
 *   | {type: 'clipDrawn', id: number, picture: Picture}
 *   | {type: 'clipSaved'}
 *   | {type: 'clipRemoved'}
 *   | {type: 'doubted', doubting: boolean}
 *   | {type: 'formChanged', form: Form}
 *   | {type: 'modelsListed', models: ModelList}
 *   | {type: 'submitted'}
 *   | {type: 'uploaded', sent: number, total: number}
 *   | {type: 'answer', event: AnswerEvent}
 *   | {type: 'cancelled'}
 *   | {type: 'notice', place: NoticePlace, notice: Notice | null}} Event
 */

/** @typedef {import('../../shared/store.js').Store<State, Event>} RecordingStore */

/**
 * The state of a page just opened.
 * @returns {State}
 */
export function initialState(/** @type {Form} */ form) {
  return {
    capture: 'rest',
    beganAt: 0,
    now: 0,
    bytes: 0,
    clip: null,
    picture: { kind: 'drawing' },
    form,
    models: null,
    job: null,
    notices: { capture: null, answer: null, models: null },
    doubting: false,
  };
}

/** Whether a recording is on its way and its answer not complete. */
export function isUnderWay(/** @type {State} */ { job }) {
  return job !== null && ['sending', 'working', 'answering'].includes(job.phase);
}

/** Whether leaving now would lose something. */
export function isAtRisk(/** @type {State} */ state) {
  return state.capture === 'recording' || state.capture === 'finishing' || isUnderWay(state) || isUnsaved(state);
}

/** Whether the clip exists nowhere but here. */
export function isUnsaved(/** @type {State} */ { clip }) {
  return clip !== null && !clip.safe;
}

/** Whether there is something to send and nothing else going on. */
export function maySend(/** @type {State} */ state) {
  return state.clip !== null && state.capture === 'rest' && !isUnderWay(state);
}
