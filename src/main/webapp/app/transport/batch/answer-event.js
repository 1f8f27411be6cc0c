// What /audio-stream says about one recording, and how it says that something failed (RFC 9457).

import { members, number, numberOrNull, parseMembers, text } from '../members.js';

/** @typedef {import('../members.js').Members} Members */

/**
 * @typedef {'received' | 'preparing' | 'uploading' | 'asking' | 'retrying'} Stage
 * @typedef {{stage: Stage, bytes: number, totalBytes: number | null, message: string}} Progress
 */

/**
 * A failure. `status` is 0 when no server said it; `retryAfterSeconds` null when there is no hint.
 * @typedef {{status: number, code: string, title: string, detail: string, retryable: boolean, retryAfterSeconds: number | null}} Problem
 */

/**
 * `found` is what the server found the file to be, `treatment` what it did to it, `mismatch` a sentence when the file was
 * declared as something else.
 * @typedef {{model: string, finishReason: string, simulated: boolean, treatment: string, found: string, mismatch: string}} Finish
 */

/**
 * @typedef {{type: 'progress', progress: Progress}
 *   | {type: 'transcript', text: string, speaker: string}
 *   | {type: 'text', text: string}
 *   | {type: 'usage', totalTokens: number}
 *   | {type: 'done', finish: Finish}
 *   | {type: 'error', problem: Problem}
 *   | {type: 'unknown'}} AnswerEvent
 */

const STAGES = /** @type {const} */ (['received', 'preparing', 'uploading', 'asking', 'retrying']);

/** @type {Record<string, (data: Members) => AnswerEvent>} */
const READERS = {
  progress: (m) => {
    const stage = STAGES.find((known) => known === m.stage);
    const { bytes, totalBytes, message } = m;
    return stage
      ? { type: 'progress', progress: { stage, bytes: number(bytes), totalBytes: numberOrNull(totalBytes), message: text(message) } }
      : { type: 'unknown' };
  },
  transcript: (m) => ({ type: 'transcript', text: text(m.text), speaker: text(m.speaker) }),
  text: (m) => ({ type: 'text', text: text(m.text) }),
  usage: (m) => ({ type: 'usage', totalTokens: number(m.totalTokens) }),
  done: (m) => {
    const finish = { model: text(m.model), finishReason: text(m.finishReason), treatment: text(m.treatment), found: text(m.found), mismatch: text(m.mismatch) };
    return { type: 'done', finish: { ...finish, simulated: m.simulated === true } };
  },
  error: (m) => ({ type: 'error', problem: readProblem(m, 0) }),
};

/**
 * Reads one event of the stream; what is not understood becomes `unknown`, as a newer server may say more.
 * @param {import('./event-stream.js').StreamEvent} event
 * @returns {AnswerEvent}
 */
export function readAnswerEvent({ type, data }) {
  return Object.hasOwn(READERS, type) ? /** @type {(m: Members) => AnswerEvent} */ (READERS[type])(parseMembers(data)) : { type: 'unknown' };
}

/**
 * Reads a problem document; a proxy's page in its place leaves the status alone.
 * @param {unknown} document
 * @param {number} status of the response, used when the document does not say
 * @returns {Problem}
 */
export function readProblem(document, status) {
  const m = members(document);
  const told = numberOrNull(m.status) ?? status;
  return {
    status: told,
    code: text(m.code),
    title: text(m.title),
    detail: text(m.detail),
    retryable: typeof m.retryable === 'boolean' ? m.retryable : told === 429 || told >= 500,
    retryAfterSeconds: numberOrNull(m.retryAfterSeconds),
  };
}
