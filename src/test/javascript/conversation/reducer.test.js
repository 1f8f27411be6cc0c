import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reduce } from '../../../main/webapp/app/conversation/state/reducer.js';
import { defaultSettings } from '../../../main/webapp/app/conversation/state/settings.js';
import { sendsAudio } from '../../../main/webapp/app/conversation/state/state.js';
import { ordinal, statusOf, welcomeOf } from '../../../main/webapp/app/conversation/state/status.js';
import { callLine, isHeard } from '../../../main/webapp/app/conversation/state/transcript.js';
import { clock, size } from '../../../main/webapp/app/shared/measures.js';
import { after, CALLING, played, READY, TALKING, texts } from './story.js';

/** @typedef {import('../../../main/webapp/app/conversation/state/state.js').State} State */

test('the way from the first press to listening', () => {
  assert.equal(statusOf(after()).words, 'Ready when you are');
  assert.equal(statusOf(after({ type: 'started', withMicrophone: true })).words, 'Asking for the microphone');
  assert.equal(statusOf(after(...CALLING)).words, 'Connecting');
  assert.equal(statusOf(after(...TALKING)).words, 'Listening');
  assert.equal(statusOf(after(...TALKING, played(10))).words, 'Speaking');
  assert.equal(statusOf(after(...TALKING, { type: 'muted', muted: true })).words, 'Muted');
  assert.equal(statusOf(after(...TALKING, { type: 'reconnecting' })).words, 'Reconnecting');
  assert.equal(statusOf(after(...TALKING, { type: 'steadiness', unsteady: true })).words, 'Connection unsteady');
  assert.equal(statusOf(after(...TALKING, { type: 'unsteady' })).words, 'Connection unsteady');
  assert.equal(statusOf(after(...TALKING, { type: 'unsteady' }, { type: 'steady' })).words, 'Listening');
  assert.equal(statusOf(after(...TALKING, { type: 'unsteady' }, { type: 'reconnecting' }, { type: 'resumed', audioLostMillis: 0 })).words, 'Listening');
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

function tool(/** @type {number} */ call, /** @type {import('../../../main/webapp/app/transport/messages.js').ToolState} */ state, args = '') {
  return /** @type {const} */ ({ type: 'tool', call, title: 'weather', state, arguments: args });
}

/** Where calls stand, in words. */
function lines(/** @type {import('../../../main/webapp/app/conversation/state/state.js').State} */ state) {
  return state.entries.filter((entry) => entry.kind === 'call').map(callLine);
}

test('a tool is one quiet line that changes', () => {
  const called = after(...TALKING, tool(1, 'called'));
  assert.deepEqual(lines(called), ['Using weather']);
  assert.deepEqual(lines(after(...TALKING, tool(1, 'called'), tool(2, 'called'), tool(1, 'done'))), ['Used weather', 'Using weather']);
  for (const [state, words] of /** @type {const} */ ([['failed', 'Could not use weather'], ['cancelled', 'Stopped using weather'], ['refused', 'Not allowed: weather']])) {
    assert.deepEqual(lines(after(...TALKING, tool(1, 'called'), tool(1, state))), [words]);
  }
});

test('a question about a tool keeps its arguments until it is decided, or the conversation ends', () => {
  const asked = after(...TALKING, tool(1, 'asking', 'town: Basel'));
  assert.deepEqual(lines(asked), ['Allow weather?']);
  assert(asked.entries[0]?.kind === 'call' && asked.entries[0].arguments === 'town: Basel');
  const over = reduce(asked, { type: 'closed', code: 1006, reason: '', everOpen: true });
  assert.deepEqual(lines(over), ['Stopped using weather']);
  const done = reduce(after(...TALKING, tool(1, 'done')), { type: 'closed', code: 1000, reason: '', everOpen: true });
  assert.deepEqual(lines(done), ['Used weather']);
});

test('time left follows ready and is corrected by the server', () => {
  const state = after(...TALKING);
  assert.deepEqual(state.time, { endsAt: 901000, totalMillis: 900000 });
  const late = reduce(state, { type: 'server', message: { type: 'timeLeft', seconds: 60 }, at: 5000 });
  assert.deepEqual(late.time, { endsAt: 65000, totalMillis: 900000 });
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
  assert.deepEqual([899000, 5000, -1, 3723000].map(clock), ['14:59', '0:05', '0:00', '1:02:03']);
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

test('what was unsteady before the page was lost is not so when it is back', () => {
  const back = after(...TALKING, { type: 'unsteady' }, { type: 'lost' }, { ...READY, resumed: true });
  assert.equal(statusOf(back).words, 'Listening');
});

test('a person who allowed the microphone before is not told to allow it', () => {
  const asked = after({ type: 'started', withMicrophone: true });
  const before = reduce(asked, { type: 'devicesListed', devices: [{ id: 'a', label: 'Desk' }] });
  assert.equal(statusOf(asked).words, 'Asking for the microphone');
  assert.equal(statusOf(before).words, 'Connecting');
});

test('who is back sees what was missed, once', () => {
  const before = after(
    ...TALKING,
    { type: 'inputTranscript', text: 'Hello', turn: 1 },
    { type: 'outputTranscript', text: 'Good ', turn: 1 },
    { type: 'typed', text: 'And you?' },
    { type: 'lost' },
  );
  assert.equal(statusOf(before).words, 'Reconnecting');
  const line = (/** @type {'person' | 'model'} */ voice, /** @type {string} */ text, turn = 1, interrupted = false) => ({ turn, voice, text, heardChars: 4, interrupted });
  const lines = [line('person', 'Hello'), line('model', 'Good morning.'), line('person', 'And you?', 2), line('model', 'Very well, thank you.', 2, true)];
  const back = [{ ...READY, resumed: true }, { type: /** @type {const} */ ('history'), lines }].reduce(
    (state, message) => reduce(state, { type: 'server', message, at: 0 }),
    before,
  );
  assert.equal(statusOf(back).words, 'Listening');
  assert.deepEqual(texts(back), ['person: Hello', 'model: Good morning.', 'person: And you?', 'model: Very well, thank you.']);
  const cut = back.entries.at(-1);
  assert(cut?.kind === 'speech');
  assert.deepEqual(cut.pieces.map((piece) => isHeard(back, cut, piece)), [true, false]);
});

test('an answer that is read is not waited for, also when it was missed', () => {
  const settings = { ...defaultSettings(false), answers: /** @type {const} */ ('text') };
  const before = after({ type: 'settingsChanged', settings }, ...TALKING, { type: 'lost' });
  const lines = [{ turn: 1, voice: /** @type {const} */ ('model'), text: 'Read me.', heardChars: 8, interrupted: false }];
  const back = reduce(before, { type: 'server', message: { type: 'history', lines }, at: 0 });
  const answer = back.entries.at(-1);
  assert(answer?.kind === 'speech');
  assert.deepEqual(answer.pieces.map((piece) => isHeard(back, answer, piece)), [true]);
});
