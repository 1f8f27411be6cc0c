import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_FORM } from '../../../main/webapp/app/recording/state/form.js';
import { reduce } from '../../../main/webapp/app/recording/state/reducer.js';
import { initialState, isAtRisk, isUnderWay, isUnsaved, maySend } from '../../../main/webapp/app/recording/state/state.js';
import { statusOf } from '../../../main/webapp/app/recording/state/words.js';
import { errorNotice } from '../../../main/webapp/app/shared/notice.js';

/** @typedef {import('../../../main/webapp/app/recording/state/state.js').Event} Event */
/** @typedef {import('../../../main/webapp/app/recording/state/state.js').State} State */
/** @typedef {import('../../../main/webapp/app/transport/batch/answer-event.js').AnswerEvent} AnswerEvent */

const FINISH = { model: 'm', finishReason: 'STOP', simulated: false, treatment: 'remuxed', found: 'WebM with Opus', mismatch: '' };
const PROBLEM = { status: 503, code: '', title: 'Gemini is overloaded', detail: '', retryable: true, retryAfterSeconds: null };

/** @returns {Event} */
function taken(/** @type {'microphone' | 'file'} */ source, id = 1) {
  return { type: 'clipTaken', clip: { id, blob: new Blob(['abcd']), name: 'a.webm', source, safe: source === 'file' } };
}

/** @returns {Event} */
function said(/** @type {AnswerEvent} */ event) {
  return { type: 'answer', event };
}

/** @returns {State} */
function after(/** @type {Event[]} */ ...events) {
  return events.reduce(reduce, initialState(DEFAULT_FORM));
}

/** @type {Event[]} */
const RECORDING = [{ type: 'asking' }, { type: 'recordingBegan', at: 1000, notice: null }];
/** @type {Event[]} */
const ANSWERING = [taken('microphone'), { type: 'submitted' }, said({ type: 'text', text: 'Good ' })];

test('the way from the button to a recording that can be sent', () => {
  assert.equal(maySend(after()), false);
  const recording = after(...RECORDING, { type: 'tick', at: 3500, bytes: 4000 });
  assert.equal(statusOf(recording).words, 'Recording');
  assert.equal(isAtRisk(recording), true);
  assert.equal(maySend(recording), false);
  const done = after(...RECORDING, { type: 'finishing' }, taken('microphone'), { type: 'captureEnded', notice: null });
  assert.equal(statusOf(done).words, 'Ready to send');
  assert.deepEqual([maySend(done), isUnsaved(done), isAtRisk(done)], [true, true, true]);
});

test('only a recording that exists nowhere else is at risk', () => {
  assert.equal(isAtRisk(after(taken('file'))), false);
  assert.equal(isAtRisk(after(taken('microphone'), { type: 'clipSaved' })), false);
  assert.equal(isAtRisk(after(taken('file'), { type: 'submitted' })), true, 'its answer would be lost');
  assert.equal(isAtRisk(after(...ANSWERING, said({ type: 'done', finish: FINISH }))), false);
  assert.equal(isAtRisk(after(...ANSWERING, said({ type: 'error', problem: PROBLEM }))), true);
  assert.equal(isAtRisk(after(...ANSWERING, { type: 'cancelled' })), true);
});

test('transcript and text stream apart, each verbatim', () => {
  const state = after(
    taken('file'),
    { type: 'submitted' },
    { type: 'uploaded', sent: 2, total: 4 },
    said({ type: 'progress', progress: { stage: 'asking', bytes: 4, totalBytes: null, message: '' } }),
    said({ type: 'transcript', text: 'One ', speaker: '' }),
    said({ type: 'text', text: 'A' }),
    said({ type: 'transcript', text: 'two', speaker: '' }),
    said({ type: 'text', text: 'B' }),
    said({ type: 'usage', totalTokens: 9 }),
    said({ type: 'done', finish: FINISH }),
  );
  assert.equal(state.job?.transcript, 'One two');
  assert.equal(state.job?.text, 'AB');
  assert.equal(state.job?.totalTokens, 9);
  assert.equal(state.job?.phase, 'done');
  assert.deepEqual(state.job?.finish, FINISH);
  assert.equal(state.notices.answer, null);
});

test('another speaker begins another line', () => {
  const speech = (/** @type {string} */ speaker, /** @type {string} */ text) => said({ type: 'transcript', speaker, text });
  const state = after(taken('file'), { type: 'submitted' }, speech('Ann', 'Good '), speech('Ann', 'day.'), speech('Bob', ' You too.'), speech('', ' Bye.'), speech('Ann', 'Bye.'));
  assert.equal(state.job?.transcript, 'Ann: Good day.\n\nBob: You too. Bye.\n\nAnn: Bye.');
});

test('progress never takes an answer back', () => {
  const retrying = said({ type: 'progress', progress: { stage: 'retrying', bytes: 0, totalBytes: null, message: '' } });
  assert.equal(after(taken('file'), { type: 'submitted' }, retrying).job?.phase, 'working');
  assert.equal(after(...ANSWERING, retrying).job?.phase, 'answering');
  assert.equal(after(...ANSWERING, { type: 'uploaded', sent: 4, total: 4 }).job?.sentBytes, 0);
});

test('an error keeps the recording and what had come, and trying again begins afresh', () => {
  const failed = after(...ANSWERING, said({ type: 'error', problem: PROBLEM }));
  assert.equal(failed.job?.phase, 'failed');
  assert.equal(failed.job?.text, 'Good ');
  assert.equal(failed.clip?.id, 1);
  assert.equal(failed.notices.answer?.happened, 'Gemini is overloaded.');
  assert.equal(failed.notices.answer?.retry, true);
  assert.equal(maySend(failed), true);

  const again = reduce(failed, { type: 'submitted' });
  assert.equal(again.notices.answer, null);
  assert.equal(again.job?.text, '');
  assert.equal(isUnderWay(again), true);
});

test('what comes after the end, or after cancelling, changes nothing', () => {
  const cancelled = after(...ANSWERING, { type: 'cancelled' });
  assert.equal(cancelled.job?.text, 'Good ');
  assert.equal(cancelled.notices.answer?.tone, 'note');
  assert(cancelled.notices.answer?.advice.includes('stays here'));
  assert.equal(reduce(cancelled, said({ type: 'text', text: 'late' })), cancelled);
  assert.equal(reduce(cancelled, { type: 'cancelled' }), cancelled);
  const done = after(...ANSWERING, said({ type: 'done', finish: FINISH }));
  assert.equal(reduce(done, said({ type: 'error', problem: PROBLEM })), done);
});

test('a microphone that fails leaves the recording that was there', () => {
  const notice = errorNotice('No microphone was found.', '');
  const state = after(taken('microphone'), { type: 'asking' }, { type: 'captureEnded', notice });
  assert.equal(state.clip?.id, 1);
  assert.equal(state.notices.capture, notice);
  assert.equal(after(taken('microphone'), { type: 'asking' }, { type: 'captureEnded', notice }, { type: 'asking' }).notices.capture, null);
});

test('a new recording leaves nothing of the one before', () => {
  const state = after(...ANSWERING, said({ type: 'error', problem: PROBLEM }), taken('file', 2));
  assert.deepEqual([state.clip?.id, state.job, state.notices.answer, state.picture.kind], [2, null, null, 'drawing']);
  /** @type {State['picture']} */
  const picture = { kind: 'drawn', peaks: [1], seconds: 2 };
  assert.equal(reduce(state, { type: 'clipDrawn', id: 1, picture }), state, 'a picture of another recording');
  assert.equal(reduce(state, { type: 'clipDrawn', id: 2, picture }).picture, picture);
  assert.equal(reduce(state, { type: 'clipRemoved' }).clip, null);
});
