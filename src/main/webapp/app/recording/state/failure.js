// Puts into words what went wrong with a recording: what happened, what was kept, what to do; pure.

import { asSentence, errorNotice, quietNotice } from '../../shared/notice.js';
import { BROKEN_OFF, NOT_PARLEY, UNREACHABLE } from '../../transport/batch/submission.js';

/** @typedef {import('../../shared/notice.js').Notice} Notice */
/** @typedef {import('../../transport/batch/answer-event.js').Problem} Problem */
/** @typedef {import('./state.js').State} State */

/** @type {Record<string, {happened: string, advice: string}>} */
const WITHOUT_A_WORD = {
  [UNREACHABLE]: { happened: 'The recording could not be sent.', advice: 'Check your network, then try again.' },
  [BROKEN_OFF]: { happened: 'The answer broke off.', advice: 'Check your network, then try again.' },
  [NOT_PARLEY]: { happened: 'What answered is not Parley.', advice: 'Reload the page. If it happens again, tell whoever runs this server.' },
};

/** What a server takes unless it is told otherwise. */
const USUAL_BYTES = 200e6;

/** By HTTP status, for what a server says in a status alone, and what a person can do about it. */
/** @type {Record<number, {happened: string, advice: string}>} */
const BY_STATUS = {
  400: { happened: 'The server refused the request.', advice: 'Choose another model or change the instruction, then send it again.' },
  401: { happened: 'You need to sign in first.', advice: 'Save the recording, then reload the page to sign in.' },
  403: { happened: 'You are not allowed to send recordings here.', advice: 'Ask whoever runs this server for access.' },
  404: { happened: 'This server takes no recordings.', advice: 'Tell whoever runs it.' },
  413: { happened: 'The recording is larger than the server takes.', advice: 'Send a shorter one, or save it in a compressed format such as MP3.' },
  415: { happened: 'The server could not understand this recording.', advice: 'Save it in another format, such as MP3 or WAV, and choose that file.' },
  429: { happened: 'All lines are busy.', advice: 'Try again in a minute.' },
  502: { happened: 'Gemini refused the recording.', advice: 'Choose another model, then send it again.' },
  503: { happened: 'Gemini cannot be reached.', advice: 'Try again in a moment.' },
  504: { happened: 'Gemini took too long.', advice: 'Try again in a moment.' },
};
const OTHERWISE = { happened: 'Something went wrong on the server.', advice: 'Try again. If it happens again, tell whoever runs this server.' };

/**
 * @param {Problem} problem
 * @param {State} state in which it happened
 * @returns {Notice}
 */
export function problemNotice(problem, state) {
  const row = tooLarge(problem, state) ?? WITHOUT_A_WORD[problem.code] ?? BY_STATUS[problem.status] ?? OTHERWISE;
  const { title, detail } = problem;
  const happened = title ? asSentence(title) : row.happened;
  const said = detail && detail !== title ? `${asSentence(detail)} ` : '';
  // A detail says what to do, in the server's own words; without one the table does.
  const advice = problem.retryAfterSeconds ? `Try again in ${duration(problem.retryAfterSeconds)}.` : said && !problem.retryable ? '' : row.advice;
  return { ...errorNotice(happened, `${kept(state)} ${said}${advice}`.trim()), retry: problem.retryable };
}

/** A server that takes no more hangs up, and the browser tells only that; the size tells the rest. */
function tooLarge(/** @type {Problem} */ { code }, /** @type {State} */ { clip }) {
  const large = clip !== null && clip.blob.size > USUAL_BYTES;
  return large && code !== NOT_PARLEY && code in WITHOUT_A_WORD
    ? { happened: 'The server hung up.', advice: 'It may be too large: most servers take 200 MB. Send a shorter one, or save it in a compressed format such as MP3.' }
    : null;
}

function kept(/** @type {State} */ { job }) {
  return job?.text || job?.transcript ? 'The recording and what had come of the answer are still here.' : 'The recording is still here.';
}

function duration(/** @type {number} */ seconds) {
  const whole = Math.ceil(seconds);
  return whole === 1 ? 'a second' : whole < 120 ? `${whole} seconds` : `${Math.ceil(whole / 60)} minutes`;
}

/**
 * What to say of an answer that came whole, or not quite.
 * @param {import('../../transport/batch/answer-event.js').Finish} finish
 * @param {import('./state.js').Job | null} job
 * @returns {Notice | null} null when all is well
 */
export function finishNotice({ finishReason, mismatch }, job) {
  if (finishReason === 'MAX_TOKENS') {
    return quietNotice('The answer was cut off.', 'It reached the longest length that the model gives. Ask for less, or send a part of the recording.');
  }
  if (['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII'].includes(finishReason)) {
    return quietNotice('Gemini stopped the answer.', `Its rules forbid to go on (${finishReason}). Another instruction may help.`);
  }
  if (!job?.text && !job?.transcript) {
    return quietNotice('The answer is empty.', 'The model found nothing to say. Listen to whether the recording holds what you expect.');
  }
  return mismatch ? quietNotice('The file is not what it is called.', asSentence(mismatch)) : null;
}
