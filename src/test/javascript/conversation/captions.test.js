import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asText, asWebVtt } from '../../../main/webapp/app/conversation/state/captions.js';
import { defaultSettings, readSettings, wordsOf } from '../../../main/webapp/app/conversation/state/settings.js';
import { sendsAudio } from '../../../main/webapp/app/conversation/state/state.js';
import { parseServerMessage } from '../../../main/webapp/app/transport/messages.js';
import { after, CALLING, played, READY, TALKING } from './story.js';

/** @typedef {import('../../../main/webapp/app/transport/messages.js').ServerMessage} ServerMessage */

/** @returns {ServerMessage[]} */
function utterance(/** @type {number} */ turn, /** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ text) {
  return [
    { type: 'speechStart', atMillis: from },
    { type: 'inputPreview', text: 'so far' },
    { type: 'inputTranscript', text, turn },
    { type: 'speechEnd', atMillis: to },
    { type: 'turnComplete', turn },
  ];
}

test('captions leave the page as subtitles with the times of the speech', () => {
  const state = after(...TALKING, ...utterance(1, 440, 2680, 'And so, my fellow'), ...utterance(2, 3_723_005, 3_725_000, '<b> & --> it'));
  assert.equal(
    asWebVtt(state),
    'WEBVTT\n\n00:00:00.440 --> 00:00:02.680\nAnd so, my fellow\n\n01:02:03.005 --> 01:02:05.000\n&lt;b&gt; &amp; --&gt; it\n',
  );
  assert.equal(asText(state), 'And so, my fellow\n<b> & --> it\n');
});

test('a cue without an end stops before the next one, and an empty line ends none', () => {
  const unended = utterance(1, 1000, 0, 'one\n\ntwo').filter((message) => message.type !== 'speechEnd');
  const state = after(...TALKING, ...unended, ...utterance(2, 2000, 2500, 'three'));
  assert.match(asWebVtt(state), /00:00:01\.000 --> 00:00:02\.000\none\ntwo\n\n00:00:02\.000/);
});

test('without times there are no subtitles, and a conversation names who speaks', () => {
  const state = after(...TALKING, { type: 'inputTranscript', text: 'Hi', turn: 1 }, { type: 'outputTranscript', text: 'Hello.', turn: 1 });
  assert.equal(asWebVtt(state), '');
  assert.equal(asText(state), 'You: Hi\nParley: Hello.\n');
});

test('an answer that the connection cut is marked as not finished, one that the person cut is not', () => {
  /** @type {ServerMessage} */
  const words = { type: 'outputTranscript', text: 'Once', turn: 1 };
  const lost = after(...TALKING, words, { type: 'closed', code: 1006, reason: '', everOpen: true });
  assert.equal(lost.entries[0]?.kind === 'speech' && lost.entries[0].broken, true);
  const cut = after(...TALKING, words, { type: 'audioReceived', millis: 900 }, { type: 'interrupted' }, { type: 'closed', code: 1000, reason: '', everOpen: true });
  assert.equal(cut.entries[0]?.kind === 'speech' && (cut.entries[0].broken ?? false), false);
});

test('pages are kept once each under their answer, and only links to the web are pages', () => {
  const told = parseServerMessage(
    '{"type":"sources","turn":1,"suggestions":"<a>a</a>","sources":[{"title":"A","uri":"https://a.example/"},{"uri":"http://b.example/x"},{"title":"x","uri":"javascript:alert(1)"},{"title":"x","uri":"data:,x"},7]}',
  );
  const expected = [
    { title: 'A', uri: 'https://a.example/' },
    { title: 'b.example', uri: 'http://b.example/x' },
  ];
  assert.deepEqual(told, { type: 'sources', turn: 1, sources: expected, suggestions: '<a>a</a>' });
  const words = /** @type {const} */ ({ type: 'outputTranscript', text: 'It is.', turn: 1 });
  /** @type {ServerMessage} */
  const more = { type: 'sources', turn: 1, sources: [], suggestions: '' };
  for (const events of [[words, told, told, more], [told, words, more]]) {
    const [entry, ...others] = after(...TALKING, ...events).entries;
    assert(entry?.kind === 'speech' && others.length === 0, 'they may come before the first word');
    assert.deepEqual([entry.sources, entry.suggestions, entry.pieces.map((piece) => piece.text)], [expected, '<a>a</a>', ['It is.']]);
  }
});

/** Where answers are not cut. */
function withLoudspeaker(/** @type {(import('../../../main/webapp/app/conversation/state/state.js').Event | ServerMessage)[]} */ ...events) {
  return after({ type: 'settingsChanged', settings: { ...defaultSettings(false), turnTaking: 'whole' } }, ...CALLING, READY, ...events);
}

test('where answers are not cut, the loudspeaker is not taken for the person', () => {
  assert(sendsAudio(withLoudspeaker()));
  assert(!sendsAudio(withLoudspeaker({ type: 'audioReceived', millis: 500 })));
  assert(!sendsAudio(withLoudspeaker({ type: 'audioReceived', millis: 500 }, played(200))));
  assert(sendsAudio(withLoudspeaker({ type: 'audioReceived', millis: 500 }, played(500, false))));
  assert(sendsAudio(after(...TALKING, { type: 'audioReceived', millis: 500 }, played(200))));
});

test('words to know are read as people write them', () => {
  assert.deepEqual(wordsOf(' Payara, WildFly;Tyrus\n\n Payara ,, '), ['Payara', 'WildFly', 'Tyrus']);
  assert.equal(wordsOf(Array.from({ length: 300 }, (_, i) => `w${i}`).join()).length, 100);
});

test('new settings are remembered, and nonsense falls back', () => {
  const defaults = defaultSettings(false);
  const chosen = { ...defaults, turnTaking: 'whole', answers: 'text', search: 'on', vocabulary: 'a' };
  assert.deepEqual(readSettings(chosen, defaults), chosen);
  assert.deepEqual(readSettings({ answers: 7, search: 'yes', turnTaking: 'x', vocabulary: [] }, defaults), defaults);
});
