// Puts the state of the recording tab into words; pure.

import { clock, size } from '../../shared/measures.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Job} Job */
/** @typedef {{words: string, tone: 'rest' | 'busy' | 'good' | 'speaking' | 'warn' | 'error', major: boolean}} Status */

/**
 * For the head of the page.
 * @param {State} state
 * @returns {Status}
 */
export function statusOf(state) {
  switch (state.capture) {
    case 'asking':
      return { words: 'Asking for the microphone', tone: 'busy', major: true };
    case 'recording':
      return { words: 'Recording', tone: 'good', major: true };
    case 'finishing':
      return { words: 'Finishing', tone: 'busy', major: false };
    case 'rest':
      return state.job ? jobStatus(state.job) : { words: state.clip ? 'Ready to send' : 'Ready when you are', tone: 'rest', major: state.clip !== null };
  }
}

/** @returns {Status} */
function jobStatus(/** @type {Job} */ job) {
  switch (job.phase) {
    case 'sending':
      return { words: 'Sending', tone: 'busy', major: true };
    case 'working':
      return { words: 'Waiting for the answer', tone: 'busy', major: true };
    case 'answering':
      return { words: 'Answering', tone: 'speaking', major: true };
    case 'done':
      return { words: 'Answered', tone: 'good', major: true };
    case 'failed':
      return { words: 'Not answered', tone: 'error', major: true };
    case 'cancelled':
      return { words: 'Cancelled', tone: 'rest', major: true };
  }
}

/**
 * How far a recording is.
 * @param {Job} job
 * @returns {{words: string, share: number | null}} share 0 to 1; null when nobody can tell
 */
export function progressOf(job) {
  if (job.phase === 'sending') {
    return { words: part('Sending the recording', job.sentBytes, job.totalBytes), share: ratio(job.sentBytes, job.totalBytes) };
  }
  if (job.phase === 'answering') {
    return { words: 'Answering', share: null };
  }
  const { stage, bytes, totalBytes, message } = job.progress ?? { stage: 'received', bytes: 0, totalBytes: null, message: '' };
  const words = message || STAGES[stage];
  return stage === 'uploading' ? { words: part(words, bytes, totalBytes), share: ratio(bytes, totalBytes) } : { words, share: null };
}

const STAGES = {
  received: 'The server has it',
  preparing: 'Preparing the sound for the model',
  uploading: 'Handing it to the model',
  asking: 'The model is listening',
  retrying: 'The model is busy; trying again',
};

function part(/** @type {string} */ words, /** @type {number} */ done, /** @type {number | null} */ total) {
  return total ? `${words}, ${size(done)} of ${size(total)}` : words;
}

function ratio(/** @type {number} */ done, /** @type {number | null} */ total) {
  return total ? Math.min(1, done / total) : null;
}

/** What became of a recording, for the curious. */
export function factsOf(/** @type {Job} */ { finish, totalTokens }) {
  /** @type {Record<string, string>} */
  const treatments = { 'passed-on': 'sent on as it is', remuxed: 'repacked without loss', transcoded: 'converted' };
  const treatment = treatments[finish?.treatment ?? ''] ?? '';
  return [
    finish?.model ?? '',
    [finish?.found ?? '', treatment].filter((fact) => fact !== '').join(', '),
    totalTokens > 0 ? `${totalTokens} tokens` : '',
  ].filter((fact) => fact !== '');
}

/** How long has been recorded, and how much that is. */
export function elapsedOf(/** @type {State} */ { now, beganAt, bytes }) {
  return { time: clock(Math.max(0, now - beganAt - 999)), size: size(bytes) };
}

/** What is copied and saved: parts with a heading only where there are two. */
export function answerText(/** @type {Job} */ { transcript, text }) {
  return transcript && text ? `Transcript\n\n${transcript.trim()}\n\nAnswer\n\n${text.trim()}\n` : `${(transcript || text).trim()}\n`;
}

/** The name of the file for the answer: beside the recording's. */
export function answerName(/** @type {string} */ clipName) {
  return `${clipName.replace(/\.[^.]{1,5}$/, '')}.txt`;
}
