import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reduce } from '../../../main/webapp/app/conversation/state/reducer.js';
import { statusOf } from '../../../main/webapp/app/conversation/state/status.js';
import { after, CALLING, TALKING } from './story.js';

/** @typedef {import('../../../main/webapp/app/conversation/state/state.js').State} State */

test('a fault after which the conversation goes on is a quiet note beside it', () => {
  const state = after(...TALKING, { type: 'error', code: '4503', message: 'Gemini does not remember what was said before', retryable: true });
  assert.equal(state.phase, 'live');
  assert.equal(statusOf(state).words, 'Listening');
  assert.deepEqual(state.notices.conversation, {
    tone: 'note',
    happened: 'Gemini does not remember what was said before.',
    advice: 'The conversation goes on.',
    steps: [],
    retry: false,
  });
});

test('each end says what happened, what was kept and what to do', () => {
  const talk = after(...TALKING, { type: 'inputTranscript', text: 'Hello', turn: 1 });
  const end = (/** @type {State} */ state, /** @type {number} */ code, everOpen = true) => reduce(state, { type: 'closed', code, reason: '', everOpen }).notices.conversation;

  assert.equal(end(talk, 1000), null);
  assert.equal(end(talk, 4503)?.happened, 'Gemini cannot be reached.');
  assert(end(talk, 4503)?.advice.startsWith('Everything said so far stays on this page.'));
  assert.equal(end(talk, 4503)?.retry, true);
  assert.equal(end(talk, 4401)?.retry, false);
  assert.equal(end(talk, 4408)?.tone, 'note');
  assert.equal(end(talk, 1006)?.happened, 'The connection was lost.');
  assert.equal(end(after(...CALLING), 1006, false)?.happened, 'The server could not be reached.');
  assert.equal(end(after(...CALLING, { type: 'stopping' }), 1006, false), null);
  const gone = end(after(...TALKING, { type: 'notResumed', message: 'x' }), 1006);
  assert.deepEqual([gone?.happened, gone?.retry], ['This conversation is over.', true]);
});

test('the server\u2019s own sentence is shown whole at the end, not the short one of the close frame', () => {
  const sentence = `The key "main" is not valid${', and that has to be said at some length'.repeat(4)}`;
  const state = after(
    ...TALKING,
    { type: 'ended', code: 4502, reason: sentence, retryable: false },
    { type: 'closed', code: 4502, reason: `${sentence.slice(0, 120)}…`, everOpen: true },
  );
  assert.deepEqual(state.toldEnd, { code: 4502, reason: sentence, retryable: false });
  assert.equal(state.notices.conversation?.happened, 'Gemini refused this conversation.');
  assert(state.notices.conversation?.advice.includes(`${sentence}.`));
  assert.equal(state.notices.conversation?.advice.includes('…'), false);
  assert.equal(statusOf(state).tone, 'error');
});

test('without a word before it, the close frame\u2019s reason is shown', () => {
  const state = after(...TALKING, { type: 'closed', code: 4502, reason: 'The key is not valid', everOpen: true });
  assert(state.notices.conversation?.advice.includes('The key is not valid.'));
});

test('the server says whether trying again helps', () => {
  const end = (/** @type {number} */ code, /** @type {boolean} */ retryable) =>
    after(...TALKING, { type: 'ended', code, reason: 'x', retryable }, { type: 'closed', code, reason: '', everOpen: true }).notices.conversation?.retry;
  assert.deepEqual([end(4503, false), end(4502, true), end(4503, true)], [false, true, true]);
});

test('an end that was told is no lost connection, however the connection closes', () => {
  const talk = after(...TALKING, { type: 'ended', code: 4508, reason: '', retryable: true });
  const closed = /** @type {const} */ ({ type: 'closed', code: 1006, reason: '', everOpen: true });
  assert.equal(reduce(talk, closed).notices.conversation?.happened, 'This server is being restarted.');
  const finished = /** @type {const} */ ({ type: 'ended', code: 1000, reason: 'You ended the conversation', retryable: false });
  assert.equal(reduce(after(...TALKING, { type: 'stopping' }, finished), closed).notices.conversation, null);
  const unasked = reduce(after(...TALKING, { ...finished, reason: 'The conversation goes on in another window' }), closed).notices.conversation;
  assert.deepEqual([unasked?.tone, unasked?.happened], ['note', 'The conversation goes on in another window.']);
  const newer = reduce(after(...TALKING, { type: 'ended', code: 4999, reason: 'Moved', retryable: false }), closed).notices.conversation;
  assert.deepEqual([newer?.happened, newer?.advice], ['The server ended the conversation.', 'Moved. Press Start to begin a new one.']);
});

test('an earlier fault is neither the reason of a later end nor left standing after it', () => {
  const fault = /** @type {const} */ ({ type: 'error', code: '4400', message: 'Pictures come too fast', retryable: true });
  const failed = after(...TALKING, fault, { type: 'closed', code: 4502, reason: 'The key is not valid', everOpen: true });
  assert.equal(failed.notices.conversation?.advice.includes('Pictures'), false);
  assert.equal(failed.notices.conversation?.retry, false);
  const finished = after(...TALKING, fault, { type: 'closed', code: 1000, reason: '', everOpen: true });
  assert.equal(finished.notices.conversation, null);
  assert.equal(statusOf(finished).tone, 'rest');
});

test('how one conversation ended is forgotten when the next begins', () => {
  const state = after(
    ...TALKING,
    { type: 'ended', code: 4502, reason: 'The key is not valid', retryable: false },
    { type: 'closed', code: 4502, reason: '', everOpen: true },
    ...TALKING,
    { type: 'closed', code: 1006, reason: '', everOpen: true },
  );
  assert.equal(state.notices.conversation?.happened, 'The connection was lost.');
  assert.equal(state.notices.conversation?.advice.includes('key'), false);
});
