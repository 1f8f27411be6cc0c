import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reduce } from '../../main/webapp/app/conversation/reducer.js';
import { defaultSettings } from '../../main/webapp/app/conversation/settings.js';
import { initialState, sendsAudio } from '../../main/webapp/app/conversation/state.js';
import { ordinal, clock, size, statusOf, welcomeOf } from '../../main/webapp/app/conversation/status.js';
import { isHeard } from '../../main/webapp/app/conversation/transcript.js';

/** @typedef {import('../../main/webapp/app/conversation/state.js').Event} Event */
/** @typedef {import('../../main/webapp/app/conversation/state.js').State} State */
/** @typedef {import('../../main/webapp/app/transport/messages.js').ServerMessage} ServerMessage */

const READY = /** @type {const} */ ({ type: 'ready', conversation: 'c', model: 'm', outputMimeType: '', endsInSeconds: 900, simulated: true });

/** @returns {State} */
function after(/** @type {(Event | ServerMessage)[]} */ ...events) {
  return events.reduce(
    (state, event) => reduce(state, isEvent(event) ? event : { type: 'server', message: event, at: 1000 }),
    initialState(defaultSettings(false)),
  );
}

/** @returns {event is Event} */
function isEvent(/** @type {Event | ServerMessage} */ event) {
  const own = ['started', 'abandoned', 'connecting', 'microphoneOpened', 'microphoneClosed', 'microphoneNotice', 'devicesListed', 'muted', 'held'];
  const more = ['typed', 'stopping', 'server', 'audioReceived', 'played', 'cut', 'answered', 'steadiness', 'closed', 'settingsChanged', 'tick'];
  return [...own, ...more].includes(event.type);
}

/** @type {Event[]} */
const CALLING = [
  { type: 'started', withMicrophone: true },
  { type: 'microphoneOpened', label: 'Desk', id: 'd', notice: null },
  { type: 'connecting' },
];
const TALKING = [...CALLING, READY];

function played(/** @type {number} */ heardMillis, playing = true) {
  return /** @type {const} */ ({ type: 'played', playback: { playing, heardMillis, receivedMillis: 0 } });
}

function texts(/** @type {State} */ state) {
  return state.entries.map((entry) => (entry.kind === 'line' ? `- ${entry.text}` : `${entry.voice}: ${entry.pieces.map((piece) => piece.text).join('')}`));
}

test('the way from the first press to listening', () => {
  assert.equal(statusOf(after()).words, 'Ready when you are');
  assert.equal(statusOf(after({ type: 'started', withMicrophone: true })).words, 'Asking for the microphone');
  assert.equal(statusOf(after(...CALLING)).words, 'Connecting');
  assert.equal(statusOf(after(...TALKING)).words, 'Listening');
  assert.equal(statusOf(after(...TALKING, played(10))).words, 'Speaking');
  assert.equal(statusOf(after(...TALKING, { type: 'muted', muted: true })).words, 'Muted');
  assert.equal(statusOf(after(...TALKING, { type: 'reconnecting' })).words, 'Reconnecting');
  assert.equal(statusOf(after(...TALKING, { type: 'steadiness', unsteady: true })).words, 'Connection unsteady');
});

test('the first words go out before ready, and stop in the waiting line', () => {
  assert.equal(sendsAudio(after(...CALLING)), true);
  const waiting = after(...CALLING, { type: 'waiting', position: 2, ahead: 1 });
  assert.equal(sendsAudio(waiting), false);
  assert.equal(statusOf(waiting).words, 'Waiting, 2nd in line');
  assert.equal(welcomeOf(waiting).title, 'You are 2nd in line.');
  assert.equal(sendsAudio(reduce(waiting, { type: 'server', message: READY, at: 0 })), true);
});

test('muting, stopping and closing end sending', () => {
  assert.equal(sendsAudio(after(...TALKING, { type: 'muted', muted: true })), false);
  assert.equal(sendsAudio(after(...TALKING, { type: 'stopping' })), false);
  assert.equal(sendsAudio(after(...TALKING, { type: 'closed', code: 1006, reason: '', everOpen: true })), false);
});

test('holding to talk sends only while held', () => {
  const manual = { ...defaultSettings(false), turnTaking: /** @type {const} */ ('manual') };
  const talking = after({ type: 'settingsChanged', settings: manual }, ...TALKING);
  assert.equal(sendsAudio(talking), false);
  assert.equal(sendsAudio(reduce(talking, { type: 'held', held: true })), true);
});

test('settings changed while talking count from the next conversation on', () => {
  const settings = { ...defaultSettings(false), format: /** @type {const} */ ('webm') };
  const talking = after(...TALKING, { type: 'settingsChanged', settings });
  assert.equal(talking.agreed.format, 'pcm');
  assert.equal(reduce(talking, { type: 'closed', code: 1000, reason: '', everOpen: true }).agreed.format, 'webm');
});

test('a microphone that is replaced while muted stays muted', () => {
  const state = after(...TALKING, { type: 'muted', muted: true }, { type: 'microphoneClosed' }, { type: 'microphoneOpened', label: 'b', id: 'b', notice: null });
  assert.equal(state.microphone.muted, true);
});

test('deltas are joined verbatim, and what was said stands above its answer', () => {
  const state = after(
    ...TALKING,
    { type: 'outputTranscript', text: 'Good ', turn: 1 },
    { type: 'inputTranscript', text: 'Hel', turn: 1 },
    { type: 'outputTranscript', text: ' day', turn: 1 },
    { type: 'inputTranscript', text: 'lo  ', turn: 1 },
    { type: 'inputTranscript', text: '', turn: 2 },
  );
  assert.deepEqual(texts(state), ['person: Hello  ', 'model: Good  day']);
});

test('a preview is replaced, and gone when the words are there', () => {
  const preview = after(...TALKING, { type: 'inputPreview', text: 'an' }, { type: 'inputPreview', text: 'And so' });
  assert.equal(preview.preview, 'And so');
  assert.equal(reduce(preview, { type: 'server', message: { type: 'inputTranscript', text: 'And so', turn: 1 }, at: 0 }).preview, '');
});

test('words are heard when their sound was played', () => {
  const state = after(
    ...TALKING,
    { type: 'outputTranscript', text: 'one ', turn: 1 },
    { type: 'audioReceived', millis: 500 },
    { type: 'outputTranscript', text: 'two', turn: 1 },
    { type: 'audioReceived', millis: 500 },
    played(300),
  );
  const heard = (/** @type {State} */ now) => now.entries.flatMap((entry) => (entry.kind === 'speech' ? entry.pieces.map((piece) => isHeard(now, entry, piece)) : []));
  assert.deepEqual(heard(state), [true, false]);
  assert.deepEqual(heard(reduce(state, played(800))), [true, true]);
});

test('an interrupted answer is marked where playing was', () => {
  const state = after(
    ...TALKING,
    { type: 'outputTranscript', text: 'one ', turn: 1 },
    { type: 'audioReceived', millis: 500 },
    { type: 'outputTranscript', text: 'two', turn: 1 },
    { type: 'audioReceived', millis: 5000 },
    played(300),
    { type: 'interrupted' },
    { type: 'cut', playback: { playing: false, heardMillis: 310, receivedMillis: 5500 } },
    { type: 'turnComplete', turn: 1 },
  );
  const entry = state.entries[0];
  assert(entry?.kind === 'speech' && entry.cutAt === 300 && entry.complete);
  assert.deepEqual(entry.pieces.map((piece) => isHeard(state, entry, piece)), [true, false]);
  assert.equal(state.playing, false);
});

test('an answer heard to its end is not marked by a later interruption', () => {
  const state = after(
    ...TALKING,
    { type: 'outputTranscript', text: 'one', turn: 1 },
    { type: 'audioReceived', millis: 500 },
    played(500, false),
    { type: 'turnComplete', turn: 1 },
    { type: 'interrupted' },
  );
  assert(state.entries[0]?.kind === 'speech' && state.entries[0].cutAt === null);
});

test('a tool is one quiet line that changes', () => {
  const state = after(...TALKING, { type: 'tool', name: 'weather', state: 'called' }, { type: 'tool', name: 'weather', state: 'done' });
  assert.deepEqual(texts(state), ['- Looked something up with weather']);
});

test('time left follows ready and is corrected by the server', () => {
  const state = after(...TALKING);
  assert.deepEqual(state.time, { endsAt: 901000, totalMillis: 900000 });
  const late = reduce(state, { type: 'server', message: { type: 'timeLeft', seconds: 60 }, at: 5000 });
  assert.deepEqual(late.time, { endsAt: 65000, totalMillis: 900000 });
});

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
  assert.equal(reduce(after(...TALKING, { type: 'ended', code: 1000, reason: 'Finished', retryable: false }), closed).notices.conversation, null);
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

test('a second conversation goes on below the first, with turns of its own', () => {
  const state = after(
    ...TALKING,
    { type: 'inputTranscript', text: 'first', turn: 1 },
    { type: 'closed', code: 1000, reason: '', everOpen: true },
    ...TALKING,
    { type: 'inputTranscript', text: 'second', turn: 1 },
    { type: 'typed', text: 'third' },
    { type: 'typed', text: 'fourth' },
  );
  assert.deepEqual(texts(state), ['person: first', '- New conversation', 'person: second', 'person: third', 'person: fourth']);
  assert.equal(new Set(state.entries.map((entry) => entry.id)).size, 5);
});

test('messages that arrive after the end change nothing', () => {
  const ended = after(...TALKING, { type: 'closed', code: 1000, reason: '', everOpen: true });
  assert.equal(reduce(ended, { type: 'server', message: READY, at: 0 }), ended);
});

test('numbers are said as people say them', () => {
  assert.deepEqual([1, 2, 3, 4, 11, 21].map(ordinal), ['1st', '2nd', '3rd', '4th', '11th', '21st']);
  assert.deepEqual([899000, 5000, -1].map(clock), ['14:59', '0:05', '0:00']);
  assert.deepEqual([300, 312400, 1240000].map(size), ['0 KB', '312 KB', '1.2 MB']);
});

test('written answers of two turns stay apart', () => {
  const state = after(
    ...TALKING,
    { type: 'text', text: 'Good ' },
    { type: 'text', text: 'day' },
    { type: 'turnComplete', turn: 0 },
    { type: 'typed', text: 'And then?' },
    { type: 'text', text: 'Evening' },
  );
  assert.deepEqual(texts(state), ['model: Good day', 'person: And then?', 'model: Evening']);
});

test('a person who allowed the microphone before is not told to allow it', () => {
  const asked = after({ type: 'started', withMicrophone: true });
  const before = reduce(asked, { type: 'devicesListed', devices: [{ id: 'a', label: 'Desk' }] });
  assert.equal(statusOf(asked).words, 'Asking for the microphone');
  assert.equal(statusOf(before).words, 'Connecting');
});
