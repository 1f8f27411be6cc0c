import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeardLedger } from '../../../main/webapp/app/audio/playback/heard-ledger.js';
import { reduce } from '../../../main/webapp/app/conversation/state/reducer.js';
import { mementoOf, readMemento } from '../../../main/webapp/app/conversation/state/returning.js';
import { defaultSettings } from '../../../main/webapp/app/conversation/state/settings.js';
import { initialState } from '../../../main/webapp/app/conversation/state/state.js';
import { statusOf } from '../../../main/webapp/app/conversation/state/status.js';
import { isHeard } from '../../../main/webapp/app/conversation/state/transcript.js';
import { after, played, READY, TALKING, texts } from './story.js';

/** @typedef {import('../../../main/webapp/app/conversation/state/state.js').State} State */
/** @typedef {import('../../../main/webapp/app/conversation/state/state.js').Event} Event */
/** @typedef {import('../../../main/webapp/app/conversation/state/returning.js').Memento} Memento */
/** @typedef {import('../../../main/webapp/app/transport/messages.js').ServerMessage} ServerMessage */

const DEFAULTS = defaultSettings(false);
const AGAIN = /** @type {const} */ ({ ...READY, resumed: true });

/** What the next page reads of a state. @returns {Memento} */
function left(/** @type {State} */ state, /** @type {Memento['heard']} */ heard = { turn: 1, start: 0, position: Math.floor(state.heardMillis) }) {
  const line = { token: 'c.s', count: 7, frames: [] };
  const memento = readMemento(JSON.parse(JSON.stringify(mementoOf(state, { conversation: 'c', line, heard, unfinished: true }))), DEFAULTS);
  assert(memento);
  return memento;
}

/** The next page, after these events and messages. */
function reloaded(/** @type {Memento} */ memento, /** @type {(Event | ServerMessage)[]} */ ...events) {
  /** @type {Event} */
  const first = { type: 'returned', memento, elsewhere: false, at: 500 };
  return events.reduce(
    (state, event) => reduce(state, event.type === 'played' || event.type === 'audioReceived' || event.type === 'closed' ? event : { type: 'server', message: /** @type {ServerMessage} */ (event), at: 600 }),
    reduce(initialState(DEFAULTS), first),
  );
}

/** What of the model's words is lit. */
function lit(/** @type {State} */ state) {
  return state.entries.flatMap((entry) => (entry.kind === 'speech' && entry.voice === 'model' ? entry.pieces.filter((piece) => isHeard(state, entry, piece)).map((piece) => piece.text) : [])).join('');
}

const ANSWERED = after(
  ...TALKING,
  { type: 'inputTranscript', text: 'Tell me.', turn: 1 },
  { type: 'outputTranscript', text: 'Once ', turn: 1 },
  { type: 'audioReceived', millis: 1000 },
  { type: 'outputTranscript', text: 'upon ', turn: 1 },
  { type: 'audioReceived', millis: 1000 },
  { type: 'outputTranscript', text: 'a time.', turn: 1 },
  { type: 'audioReceived', millis: 1000 },
  { type: 'turnComplete', turn: 1 },
  played(1200),
);

test('what was said is there again, lit as far as it was heard, and the rest lights up as it is heard', () => {
  assert.equal(lit(ANSWERED), 'Once upon ');
  const state = reloaded(left(ANSWERED));
  assert.deepEqual(texts(state), ['person: Tell me.', 'model: Once upon a time.', '- Page reloaded']);
  assert.deepEqual([lit(state), state.heardMillis, state.receivedMillis, state.turn, state.phase, statusOf(state).words], ['Once upon ', 1200, 1200, 1, 'live', 'Reconnecting']);
  assert.equal(state.notices.conversation?.happened, 'Your conversation is still open.');
  const history = /** @type {const} */ ({ turn: 1, heardChars: 9, interrupted: false });
  const back = reloaded(
    left(ANSWERED),
    AGAIN,
    { type: 'history', lines: [{ ...history, voice: 'person', text: 'Tell me.' }, { ...history, voice: 'model', text: 'Once upon a time.' }] },
    { type: 'audioReceived', millis: 1800 },
    { type: 'turnComplete', turn: 1 },
    played(2500),
  );
  assert.deepEqual([lit(back), back.notices.conversation, back.offline], ['Once upon a time.', null, false]);
  assert.equal(texts(back).length, 3);
});

test('what was cut, never finished or never heard stays so', () => {
  const words = /** @type {const} */ ([{ type: 'outputTranscript', text: 'One', turn: 1 }, { type: 'audioReceived', millis: 1000 }, { type: 'outputTranscript', text: ' two', turn: 1 }]);
  const cut = after(...TALKING, ...words, played(400), { type: 'interrupted' }, { type: 'cut', playback: { playing: false, heardMillis: 400, receivedMillis: 1000 } });
  const state = reloaded(left(cut));
  assert.equal(lit(state), 'One');
  assert.equal(state.entries[0]?.kind === 'speech' && state.entries[0].cutAt, 400);
  const missed = reloaded(left(cut), AGAIN, { type: 'history', lines: [{ turn: 2, voice: 'model', text: 'never mind', heardChars: 5, interrupted: true }] });
  assert.equal(lit(reloaded(left(missed))), 'Onenever', 'a position that is never reached survives storage');
  const broken = after(...TALKING, ...words, { type: 'closed', code: 1006, reason: '', everOpen: true }, ...TALKING);
  const [entry] = reloaded(left(broken)).entries;
  assert.equal(entry?.kind === 'speech' && entry.broken, true);
});

test('turns that were missed stand where they belong', () => {
  const state = reloaded(
    left(after(...TALKING, { type: 'inputTranscript', text: 'c', turn: 3 })),
    AGAIN,
    { type: 'history', lines: [1, 2, 3, 4].map((turn) => ({ turn, voice: /** @type {const} */ ('person'), text: 'abcd'[turn - 1] ?? '', heardChars: 1, interrupted: false })) },
  );
  assert.deepEqual(texts(state), ['person: a', 'person: b', 'person: c', '- Page reloaded', 'person: d']);
});

test('a long transcript loses its beginning, not its end, and typed words keep names of their own', () => {
  const page = 'x'.repeat(100_000);
  const typed = [1, 2, 3, 4, 5].map((n) => /** @type {const} */ ({ type: 'typed', text: `${n}${page}` }));
  const memento = left(after(...TALKING, ...typed));
  assert.deepEqual(memento.entries.map((entry) => entry.kind === 'speech' && entry.pieces[0]?.text[0]), ['3', '4', '5']);
  const state = reduce(reloaded(memento), { type: 'typed', text: 'more' });
  assert.equal(new Set(state.entries.map((entry) => entry.id)).size, state.entries.length);
});

test('only what this kind of page wrote is read', () => {
  const good = JSON.parse(JSON.stringify(mementoOf(ANSWERED, { conversation: 'c', line: { token: 't', count: 1, frames: [] }, heard: { turn: 1, start: 0, position: 0 }, unfinished: false })));
  for (const bad of [null, 7, [], {}, { ...good, version: 0 }, { ...good, line: { count: 1 } }]) {
    assert.equal(readMemento(bad, DEFAULTS), null);
  }
  const odd = readMemento({ ...good, entries: [7, { kind: 'speech' }, { kind: 'line', id: 'a', session: 1 }, good.entries[0]], heard: 'x', spans: null, agreed: 3, time: 1 }, DEFAULTS);
  assert.equal(odd?.entries.length, 1);
  assert.deepEqual([odd?.heard, odd?.agreed, odd?.time], [{ turn: 1, start: 0, position: 0 }, DEFAULTS, null]);
});

test('a conversation that waited too long is over, and what was said stays', () => {
  const state = reloaded(left(ANSWERED), { type: 'notResumed', message: 'x' }, { type: 'closed', code: 1006, reason: '', everOpen: true });
  assert.equal(state.notices.conversation?.happened, 'This conversation is over.');
  assert(state.notices.conversation?.advice.startsWith('Everything said so far stays on this page.'));
  assert.equal(state.notices.conversation?.retry, true);
  assert.deepEqual([state.phase, texts(state)[1]], ['ended', 'model: Once upon a time.']);
});

test('where the browser wants a press first, or another tab has it, the page says so until it is pressed', () => {
  const waiting = reduce(reloaded(left(ANSWERED), AGAIN), { type: 'pressWanted', returning: 'microphone' });
  assert.equal(statusOf(waiting).words, 'Waiting for you');
  assert.match(waiting.notices.microphone?.advice ?? '', /Go on/);
  assert.equal(mementoOf(waiting, { conversation: 'c', line: { token: 't', count: 1, frames: [] }, heard: { turn: 1, start: 0, position: 0 }, unfinished: false }).microphone.open, true, 'the next page wants it too');
  assert.equal(reduce(waiting, { type: 'closed', code: 1006, reason: '', everOpen: true }).notices.microphone, null, 'there is nothing to go on with');
  assert.equal(texts(reloaded(left(waiting))).filter((text) => text === '- Page reloaded').length, 1);
  const refused = reduce(waiting, { type: 'microphoneNotice', notice: waiting.notices.conversation });
  assert.deepEqual([refused.returning, refused.notices.microphone], ['', waiting.notices.conversation]);
  assert.deepEqual([reduce(waiting, { type: 'stopping' }).returning, reduce(waiting, { type: 'stopping' }).notices.microphone], ['', null]);
  const open = reduce(waiting, { type: 'microphoneOpened', label: 'Desk', id: 'd', notice: null });
  assert.deepEqual([open.returning, open.notices.microphone], ['', null]);
  const elsewhere = reduce(initialState(DEFAULTS), { type: 'returned', memento: left(ANSWERED), elsewhere: true, at: 1 });
  assert.deepEqual([elsewhere.phase, statusOf(elsewhere).words], ['ended', 'Open in another tab']);
  const dismissed = reduce(elsewhere, { type: 'noticeDismissed', place: 'conversation' });
  assert.deepEqual([dismissed.returning, statusOf(dismissed).words], ['', 'Ended']);
  assert.equal(reduce(ANSWERED, { type: 'taken' }).notices.conversation?.happened, 'This conversation goes on in another tab.');
});

test('the books of what was heard go on from page to page', () => {
  const first = new HeardLedger();
  first.turnEnded(1, 1000);
  first.turnEnded(2, 3000);
  assert.deepEqual(first.unheard(3, 1700), { turn: 2, start: 1000 });
  assert.deepEqual(first.unheard(3, 3000), { turn: 3, start: 3000 });
  const second = new HeardLedger(1000, 1700);
  assert.deepEqual(second.progress(2, 2700), [{ turn: 2, millis: 1700 }]);
  second.turnEnded(2, 3000);
  assert.deepEqual(second.played(3000), [{ turn: 2, millis: 2000 }]);
  assert.equal(second.receivedOf(3500), 500);
});
