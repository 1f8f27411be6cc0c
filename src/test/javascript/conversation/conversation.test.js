import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../../../main/webapp/app/conversation/conversation.js';
import { defaultSettings } from '../../../main/webapp/app/conversation/state/settings.js';
import { reduce } from '../../../main/webapp/app/conversation/state/reducer.js';
import { initialState } from '../../../main/webapp/app/conversation/state/state.js';
import { Store } from '../../../main/webapp/app/shared/store.js';

/** A browser's socket whose other side never answers a close frame. */
class FakeWebSocket {
  readyState = 1;
  bufferedAmount = 0;
  /** @type {string[]} */
  sent = [];
  /** @type {unknown[]} */
  closedWith = [];
  onopen = () => undefined;
  onmessage = (/** @type {{data: unknown}} */ _event) => undefined;
  onclose = (/** @type {{code: number, reason: string}} */ _event) => undefined;
  constructor() {
    sockets.push(this);
  }
  send(/** @type {string} */ data) {
    this.sent.push(data);
  }
  close(/** @type {number | undefined} */ code) {
    this.readyState = 2;
    this.closedWith.push(code);
  }
}

/** @type {FakeWebSocket[]} */
const sockets = [];
// A page without sound at an insecure address; its clock stands still, as an interval would keep the test alive.
Object.assign(globalThis, {
  WebSocket: FakeWebSocket,
  window: { isSecureContext: false },
  location: { origin: 'http://voice.example' },
  document: { baseURI: 'http://voice.example/' },
  setInterval: () => 0,
});
if (typeof navigator === 'undefined') {
  Object.assign(globalThis, { navigator: {} });
}

/** A conversation that was begun by writing and is under way. */
async function talking() {
  const store = new Store(initialState(defaultSettings(false)), reduce);
  const conversation = new Conversation(store, () => undefined);
  conversation.say('Hello');
  await new Promise((resolve) => void setTimeout(resolve, 0)); // the sound card is asked first
  const socket = sockets.at(-1);
  assert(socket);
  socket.onopen();
  const receive = (/** @type {Record<string, unknown>} */ message) => socket.onmessage({ data: JSON.stringify(message) });
  receive({ type: 'ready', conversation: 'c', model: 'm', output: { mimeType: 'audio/pcm;rate=24000' }, endsInSeconds: 900, simulated: false });
  assert.equal(store.state.phase, 'live');
  return { store, conversation, socket, receive };
}

test('an end that the server tells is over at once, and the page closes the connection itself', async () => {
  const { store, socket, receive } = await talking();
  receive({ type: 'ended', code: 4502, reason: 'The key "main" is not valid', retryable: true });
  assert.deepEqual(socket.closedWith, [1000]);
  assert.equal(store.state.phase, 'ended');
  const { notices } = store.state;
  assert.equal(notices.conversation?.happened, 'Gemini refused this conversation.');
  assert(notices.conversation?.advice.includes('The key "main" is not valid.'));
  assert.equal(notices.conversation?.retry, true);

  socket.onclose({ code: 1006, reason: '' });
  assert.equal(store.state.notices, notices, 'what the connection does after that changes nothing');
});

test('a conversation that was finished ends without a notice', async () => {
  const { store, conversation, socket, receive } = await talking();
  await conversation.stop();
  assert.equal(socket.sent.at(-1), '{"type":"stop"}');
  receive({ type: 'error', code: 4503, message: 'Gemini does not remember what was said before', retryable: true });
  assert.equal(store.state.notices.conversation?.tone, 'note');
  receive({ type: 'ended', code: 1000, reason: 'Finished', retryable: false });
  assert.deepEqual([store.state.phase, store.state.notices.conversation, socket.closedWith], ['ended', null, [1000]]);
});

test('a connection that breaks without a word is lost', async () => {
  const { store, socket } = await talking();
  socket.onclose({ code: 1006, reason: '' });
  assert.equal(store.state.notices.conversation?.happened, 'The connection was lost.');
  assert.deepEqual(socket.closedWith, []);
});

test('after a told end the next conversation begins afresh', async () => {
  const { store, conversation, socket, receive } = await talking();
  receive({ type: 'ended', code: 4508, reason: 'Restarting', retryable: true });
  conversation.retry();
  await new Promise((resolve) => void setTimeout(resolve, 0));
  assert.notEqual(sockets.at(-1), socket);
  assert.equal(store.state.phase, 'connecting');
  socket.onclose({ code: 4508, reason: 'Restarting' });
  assert.equal(store.state.phase, 'connecting', 'the old connection has no say in it');
  sockets.at(-1)?.onclose({ code: 1006, reason: '' });
});

test('sound of another rate is told to the player, between what came before and what comes after', async () => {
  /** @type {{type: string, buffer: ArrayBuffer}[]} */
  const queued = [];
  const port = { postMessage: (/** @type {{type: string, buffer: ArrayBuffer}} */ message) => void queued.push(message), close: () => undefined };
  class FakeNode {
    port = port;
    connect() {}
    disconnect() {}
  }
  class FakeContext {
    audioWorklet = { addModule: async () => undefined };
    async resume() {}
  }
  const silent = { window: globalThis.window };
  Object.assign(globalThis, { AudioWorkletNode: FakeNode, AudioContext: FakeContext, window: { isSecureContext: true, AudioWorkletNode: FakeNode } });
  try {
    const { socket, receive } = await talking();
    const samples = () => queued.map((message) => message.buffer.byteLength / 2);
    socket.onmessage({ data: new ArrayBuffer(4800) });
    receive({ type: 'output', output: { mimeType: 'audio/pcm;rate=12000' } });
    assert.deepEqual(samples(), [2400]);
    socket.onmessage({ data: new ArrayBuffer(4800) });
    const [, converted = 0] = samples();
    assert(converted > 4700 && converted <= 4800, `2400 samples of half the rate, but for the filter's lag: ${converted}`);
    socket.onclose({ code: 1000, reason: '' });
  } finally {
    Object.assign(globalThis, silent);
  }
});
