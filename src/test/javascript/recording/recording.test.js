import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MicrophoneClaim } from '../../../main/webapp/app/audio/capture/microphone-claim.js';
import { SoundCard } from '../../../main/webapp/app/audio/sound-card.js';
import { Recording } from '../../../main/webapp/app/recording/recording.js';
import { DEFAULT_FORM } from '../../../main/webapp/app/recording/state/form.js';
import { reduce } from '../../../main/webapp/app/recording/state/reducer.js';
import { initialState } from '../../../main/webapp/app/recording/state/state.js';
import { Store } from '../../../main/webapp/app/shared/store.js';

/** A browser's request that is never answered. */
class FakeRequest {
  upload = {};
  aborted = false;
  constructor() {
    requests.push(this);
  }
  open() {}
  setRequestHeader() {}
  send() {}
  abort() {
    this.aborted = true;
  }
}

/** @type {FakeRequest[]} */
const requests = [];
/** @type {((event: {preventDefault: () => void}) => void)[]} */
const leaving = [];
// A page without sound at an insecure address.
Object.assign(globalThis, {
  XMLHttpRequest: FakeRequest,
  window: { isSecureContext: false, addEventListener: (/** @type {string} */ _type, /** @type {() => void} */ listener) => leaving.push(listener) },
  location: { origin: 'http://voice.example' },
  document: { baseURI: 'http://voice.example/' },
});
if (typeof navigator === 'undefined') {
  Object.assign(globalThis, { navigator: {} });
}

function desk() {
  const store = new Store(initialState(DEFAULT_FORM), reduce);
  const claim = new MicrophoneClaim();
  const recording = new Recording(store, () => undefined, { sound: new SoundCard(), claim, chosen: () => ({ id: '', label: '' }), allowed: () => undefined });
  return { store, claim, recording };
}

/** Lets everything happen that waits for nothing but its turn. */
function settle() {
  return new Promise((resolve) => void setTimeout(resolve, 5));
}

function isAskedBeforeLeaving() {
  let asked = false;
  leaving.at(-1)?.({ preventDefault: () => void (asked = true) });
  return asked;
}

test('a file that is gone when it shall be sent says so, and nothing is sent', async () => {
  const { store, recording } = desk();
  const file = new File(['abc'], 'a.mp3', { type: 'audio/mpeg' });
  recording.take(file);
  await settle();
  assert.equal(store.state.clip?.name, 'a.mp3');
  Object.assign(file, { slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) });
  const before = requests.length;
  await recording.send();
  assert.equal(requests.length, before);
  assert.equal(store.state.notices.answer?.happened, 'The file cannot be read any more.');
  assert.equal(store.state.job, null);
});

test('an empty file is not taken, and what was there stays', async () => {
  const { store, recording } = desk();
  recording.take(new File(['abc'], 'a.mp3'));
  await settle();
  recording.take(new File([], 'b.mp3'));
  await settle();
  assert.equal(store.state.clip?.name, 'a.mp3');
  assert.equal(store.state.notices.capture?.happened, 'b.mp3 is empty.');
});

test('two presses of Send are one request; cancelling hangs up; nothing is replaced meanwhile', async () => {
  const { store, recording } = desk();
  recording.take(new File(['abc'], 'a.mp3'));
  await settle();
  assert.equal(isAskedBeforeLeaving(), false, 'the file is on the disk');
  const before = requests.length;
  await Promise.all([recording.send(), recording.send()]);
  assert.equal(requests.length, before + 1);
  assert.equal(isAskedBeforeLeaving(), true, 'the answer would be lost');
  recording.take(new File(['abc'], 'b.mp3'));
  recording.remove();
  await settle();
  assert.equal(store.state.clip?.name, 'a.mp3');
  recording.cancel();
  assert.equal(requests.at(-1)?.aborted, true);
  assert.equal(store.state.job?.phase, 'cancelled');
  await recording.send();
  assert.equal(requests.length, before + 2);
});

test('a recording that exists only here is replaced on the person\u2019s word alone', async () => {
  const { store, recording } = desk();
  store.dispatch({ type: 'clipTaken', clip: { id: 9, blob: new Blob(['abc']), name: 'mine.webm', source: 'microphone', safe: false } });
  assert.equal(isAskedBeforeLeaving(), true);
  recording.take(new File(['abc'], 'a.mp3'));
  assert.equal(store.state.doubting, true);
  recording.decide(false);
  await settle();
  assert.deepEqual([store.state.clip?.name, store.state.doubting], ['mine.webm', false]);
  recording.decide(true);
  await settle();
  assert.equal(store.state.clip?.name, 'mine.webm', 'nothing waits any more');
  recording.take(new File(['abc'], 'a.mp3'));
  recording.decide(true);
  await settle();
  assert.equal(store.state.clip?.name, 'a.mp3');
});

test('a microphone that cannot be had is explained, and given back', async () => {
  const { store, claim, recording } = desk();
  recording.press();
  await settle();
  assert.equal(store.state.capture, 'rest');
  assert(store.state.notices.capture?.advice.endsWith('You can choose a file meanwhile.'));
  assert.equal(claim.take('conversation'), true);
  recording.press();
  await settle();
  assert.equal(store.state.notices.capture?.happened, 'The conversation is using the microphone.');
  assert.equal(store.state.capture, 'rest');
});
