import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemNotice, finishNotice } from '../../../main/webapp/app/recording/state/failure.js';
import { askedOf, chosenModel, DEFAULT_FORM, LONGEST_PROMPT, readForm } from '../../../main/webapp/app/recording/state/form.js';
import { initialState } from '../../../main/webapp/app/recording/state/state.js';
import { answerName, answerText, elapsedOf, factsOf, progressOf } from '../../../main/webapp/app/recording/state/words.js';
import { BROKEN_OFF, NOT_PARLEY, UNREACHABLE } from '../../../main/webapp/app/transport/batch/submission.js';

/** @type {import('../../../main/webapp/app/recording/state/state.js').Job} */
const JOB = { phase: 'sending', sentBytes: 0, totalBytes: 0, progress: null, transcript: '', speaker: '', text: '', totalTokens: 0, finish: null };
const EMPTY = initialState(DEFAULT_FORM);
const PROBLEM = { status: 0, code: '', title: '', detail: '', retryable: true, retryAfterSeconds: null };
/** @type {import('../../../main/webapp/app/transport/batch/model-list.js').ModelList} */
const MODELS = {
  offer: null,
  batch: [
    { name: 'listens', title: 'Listens', kind: 'understanding', description: '' },
    { name: 'writes', title: 'Writes', kind: 'transcription', description: '' },
  ],
  defaultBatch: 'listens',
  simulated: false,
};

test('what is asked fits the model', () => {
  assert.deepEqual(askedOf({ model: 'writes', prompt: 'Sum up.', language: 'de-DE' }, MODELS), { model: 'writes', prompt: '', language: 'de-DE' });
  assert.deepEqual(askedOf({ model: 'listens', prompt: ' Sum up. ', language: '' }, MODELS), { model: 'listens', prompt: 'Sum up.', language: '' });
  assert.equal(askedOf({ ...DEFAULT_FORM, prompt: '  ' }, MODELS).prompt, DEFAULT_FORM.prompt);
  assert.equal(askedOf({ ...DEFAULT_FORM, model: 'gone' }, MODELS).model, 'listens');
  assert.equal(askedOf({ ...DEFAULT_FORM, model: 'writes' }, null).model, '', 'unknown models are left to the server');
  assert.equal(chosenModel(DEFAULT_FORM, { ...MODELS, defaultBatch: 'gone' })?.name, 'listens');
  assert.equal(chosenModel(DEFAULT_FORM, { ...MODELS, batch: [] }), null);
});

test('a stored form that nobody wrote falls back to the defaults', () => {
  for (const stored of [null, 7, 'text', [], { model: 1, prompt: {}, language: null }]) {
    assert.deepEqual(readForm(stored), DEFAULT_FORM);
  }
  assert.deepEqual(readForm({ model: 'm', prompt: '', language: 'fr-FR', more: 1 }), { model: 'm', prompt: '', language: 'fr-FR' });
  assert.equal(readForm({ prompt: 'x'.repeat(LONGEST_PROMPT + 1) }).prompt.length, LONGEST_PROMPT);
});

test('progress is told in words, and as a share where there is one', () => {
  assert.deepEqual(progressOf({ ...JOB, sentBytes: 3e6, totalBytes: 12e6 }), { words: 'Sending the recording, 3.0 MB of 12.0 MB', share: 0.25 });
  const at = (/** @type {import('../../../main/webapp/app/transport/batch/answer-event.js').Stage} */ stage, message = '') =>
    progressOf({ ...JOB, phase: 'working', progress: { stage, bytes: 5e5, totalBytes: 1e6, message } });
  assert.deepEqual(at('uploading'), { words: 'Handing it to the model, 500 KB of 1.0 MB', share: 0.5 });
  assert.deepEqual(at('preparing'), { words: 'Preparing the sound for the model', share: null });
  assert.equal(at('retrying', 'Busy; again in 4 s').words, 'Busy; again in 4 s');
  assert.equal(progressOf({ ...JOB, phase: 'working' }).words, 'The server has it');
});

test('every failure says what happened, what was kept and what to do', () => {
  const rows = [UNREACHABLE, BROKEN_OFF, NOT_PARLEY].map((code) => ({ ...PROBLEM, code }));
  rows.push(...[400, 401, 403, 404, 413, 415, 429, 500, 502, 503, 504, 418].map((status) => ({ ...PROBLEM, status })));
  for (const problem of rows) {
    const { happened, advice, tone } = problemNotice(problem, EMPTY);
    assert(/^[A-Z].+\.$/.test(happened), happened);
    assert(/^The recording is still here\. [A-Z].+\.$/.test(advice), advice);
    assert.equal(tone, 'error');
  }
  assert.equal(new Set(rows.map((problem) => problemNotice(problem, EMPTY).happened)).size, rows.length - 1, 'only 418 and 500 say the same');
});

test('a server that hangs up on a very large file is not blamed on the network', () => {
  const blob = new Blob([new Uint8Array(1)]);
  Object.defineProperty(blob, 'size', { value: 250e6 });
  const state = { ...EMPTY, clip: { id: 1, blob, name: 'a.wav', source: /** @type {const} */ ('file'), safe: true } };
  assert(problemNotice({ ...PROBLEM, code: UNREACHABLE }, state).advice.includes('too large'));
  assert(!problemNotice({ ...PROBLEM, code: NOT_PARLEY }, state).advice.includes('too large'));
});

test('the server\u2019s own words count more than the table', () => {
  const told = problemNotice({ ...PROBLEM, status: 415, title: 'AMR is not understood', detail: 'Save it as MP3 or WAV', retryable: false }, EMPTY);
  assert.equal(told.happened, 'AMR is not understood.');
  assert.equal(told.advice, 'The recording is still here. Save it as MP3 or WAV.');
  assert.equal(told.retry, false);
  const busy = problemNotice({ ...PROBLEM, status: 429, detail: 'Quota', retryAfterSeconds: 33.2 }, { ...EMPTY, job: { ...JOB, text: 'So far' } });
  assert.equal(busy.advice, 'The recording and what had come of the answer are still here. Quota. Try again in 34 seconds.');
  assert(problemNotice({ ...PROBLEM, retryAfterSeconds: 600 }, EMPTY).advice.endsWith('Try again in 10 minutes.'));
});

test('an answer that is not whole, or empty, says so', () => {
  const finish = { model: 'm', finishReason: 'STOP', simulated: false, treatment: '', found: '', mismatch: '' };
  const job = { ...JOB, text: 'a' };
  assert.equal(finishNotice(finish, job), null);
  assert.equal(finishNotice({ ...finish, mismatch: 'It is MP3' }, job)?.advice, 'It is MP3.');
  assert.equal(finishNotice({ ...finish, finishReason: 'MAX_TOKENS' }, job)?.happened, 'The answer was cut off.');
  assert(finishNotice({ ...finish, finishReason: 'SAFETY' }, job)?.advice.includes('SAFETY'));
  assert.equal(finishNotice(finish, JOB)?.happened, 'The answer is empty.');
});

test('copying and saving give both parts, with headings only where there are two', () => {
  assert.equal(answerText({ ...JOB, transcript: ' One\n', text: 'Two' }), 'Transcript\n\nOne\n\nAnswer\n\nTwo\n');
  assert.equal(answerText({ ...JOB, transcript: 'One' }), 'One\n');
  assert.equal(answerText({ ...JOB, text: 'Two\n' }), 'Two\n');
  assert.deepEqual(['talk.webm', 'a.b.mp3', 'noend', 'v1.2 of the talk'].map(answerName), ['talk.txt', 'a.b.txt', 'noend.txt', 'v1.2 of the talk.txt']);
});

test('figures are those of this answer', () => {
  const finish = { model: 'm', finishReason: 'STOP', simulated: false, treatment: 'passed-on', found: 'MP3', mismatch: '' };
  assert.deepEqual(factsOf({ ...JOB, finish, totalTokens: 508 }), ['m', 'MP3, sent on as it is', '508 tokens']);
  assert.deepEqual(factsOf({ ...JOB, finish: { ...finish, treatment: 'ODD', found: '', model: '' } }), []);
  assert.deepEqual(elapsedOf({ ...EMPTY, beganAt: 1000, now: 13400, bytes: 146000 }), { time: '0:12', size: '146 KB' });
  assert.equal(elapsedOf({ ...EMPTY, beganAt: 1000, now: 1900 }).time, '0:00');
});
