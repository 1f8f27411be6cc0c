// The only place where the state of the recording tab changes; pure.

import { problemNotice, finishNotice } from './failure.js';
import { isUnderWay } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Event} Event */
/** @typedef {import('./state.js').Job} Job */

/**
 * The next state; the same object when the event changes nothing.
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
  switch (event.type) {
    case 'asking':
      return notify({ ...state, capture: 'asking', doubting: false }, 'capture', null);
    case 'recordingBegan':
      return notify({ ...state, capture: 'recording', beganAt: event.at, now: event.at, bytes: 0 }, 'capture', event.notice);
    case 'tick':
      return { ...state, now: event.at, bytes: event.bytes };
    case 'finishing':
      return { ...state, capture: 'finishing' };
    case 'captureEnded':
      return notify({ ...state, capture: 'rest' }, 'capture', event.notice ?? state.notices.capture);
    case 'clipTaken':
      return { ...withoutClip(state), clip: event.clip };
    case 'clipDrawn':
      return state.clip?.id === event.id ? { ...state, picture: event.picture } : state;
    case 'clipSaved':
      return safe(state);
    case 'clipRemoved':
      return withoutClip(state);
    case 'doubted':
      return { ...state, doubting: event.doubting };
    case 'formChanged':
      return { ...state, form: event.form };
    case 'modelsListed':
      return notify({ ...state, models: event.models }, 'models', null);
    case 'submitted':
      return notify({ ...state, job: newJob(state) }, 'answer', null);
    case 'uploaded':
      return withJob(state, (job) => (job.phase === 'sending' ? { ...job, sentBytes: event.sent, totalBytes: event.total } : job));
    case 'answer':
      return isUnderWay(state) ? answered(state, event.event) : state;
    case 'cancelled':
      return cancelled(state);
    case 'notice':
      return notify(state, event.place, event.notice);
  }
}

/** @returns {State} */
function notify(/** @type {State} */ state, /** @type {import('./state.js').NoticePlace} */ place, /** @type {State['notices']['answer']} */ notice) {
  return state.notices[place] === notice ? state : { ...state, notices: { ...state.notices, [place]: notice } };
}

/** @returns {State} */
function withoutClip(/** @type {State} */ state) {
  const notices = { ...state.notices, answer: null };
  return { ...state, clip: null, picture: { kind: 'drawing' }, job: null, doubting: false, notices };
}

/** @returns {State} */
function safe(/** @type {State} */ state) {
  return state.clip ? { ...state, clip: { ...state.clip, safe: true } } : state;
}

/** @returns {Job} */
function newJob(/** @type {State} */ state) {
  const totalBytes = state.clip?.blob.size ?? 0;
  return { phase: 'sending', sentBytes: 0, totalBytes, progress: null, transcript: '', speaker: '', text: '', totalTokens: 0, finish: null };
}

/** @returns {State} */
function withJob(/** @type {State} */ state, /** @type {(job: Job) => Job} */ change) {
  const job = state.job && change(state.job);
  return job === state.job ? state : { ...state, job };
}

/** @returns {State} */
function answered(/** @type {State} */ state, /** @type {import('./state.js').AnswerEvent} */ event) {
  switch (event.type) {
    case 'progress':
      return withJob(state, (job) => ({ ...job, phase: job.phase === 'answering' ? 'answering' : 'working', progress: event.progress }));
    case 'transcript':
      return withJob(state, (job) => ({ ...job, phase: 'answering', speaker: event.speaker || job.speaker, transcript: withSpeech(job, event) }));
    case 'text':
      return withJob(state, (job) => ({ ...job, phase: 'answering', text: job.text + event.text }));
    case 'usage':
      return withJob(state, (job) => ({ ...job, totalTokens: event.totalTokens }));
    case 'done': {
      const done = withJob(safe(state), (job) => ({ ...job, phase: 'done', finish: event.finish }));
      return notify(done, 'answer', finishNotice(event.finish, state.job));
    }
    case 'error':
      return notify(
        withJob(state, (job) => ({ ...job, phase: 'failed' })),
        'answer',
        problemNotice(event.problem, state),
      );
    case 'unknown':
      return state;
  }
}

/** Deltas verbatim; another speaker begins another line. */
function withSpeech(/** @type {Job} */ job, /** @type {{text: string, speaker: string}} */ { text, speaker }) {
  if (speaker === '' || speaker === job.speaker) {
    return job.transcript + text;
  }
  return `${job.transcript}${job.transcript ? '\n\n' : ''}${speaker}: ${text.trimStart()}`;
}

/** @returns {State} */
function cancelled(/** @type {State} */ state) {
  if (!isUnderWay(state)) {
    return state;
  }
  const kept = state.job?.text || state.job?.transcript ? 'What had come of the answer stays here, and so does the recording.' : 'The recording is still here.';
  return notify(
    withJob(state, (job) => ({ ...job, phase: 'cancelled' })),
    'answer',
    { tone: 'note', happened: 'Cancelled.', advice: `${kept} Send it again whenever you like.`, steps: [], retry: false },
  );
}
