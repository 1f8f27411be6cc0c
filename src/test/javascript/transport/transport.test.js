import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings, readSettings } from '../../../main/webapp/app/conversation/state/settings.js';
import { FAILURE_KINDS, failureOf } from '../../../main/webapp/app/transport/failure-kind.js';
import { parseServerMessage, startMessage } from '../../../main/webapp/app/transport/messages.js';
import { ParleySocket, socketUrl } from '../../../main/webapp/app/transport/parley-socket.js';
import { FakeSocket } from './fake-socket.js';

test('every failure has its own close code and says what happened and what to do', () => {
  const rows = Object.values(FAILURE_KINDS);
  assert.equal(new Set(rows.map((row) => row.closeCode)).size, rows.length);
  for (const row of rows) {
    assert.equal(failureOf(row.closeCode), row);
    assert(/^[A-Z].+\.$/.test(row.happened) && /^[A-Z].+\.$/.test(row.advice), row.happened);
  }
  assert.equal(failureOf(1006), null);
});

test('a ready message is read with all its members', () => {
  const frame = '{"type":"ready","conversation":"c","resume":"r","model":"m","output":{"mimeType":"audio/pcm;rate=24000"},"endsInSeconds":900,"simulated":true,"newer":1}';
  assert.deepEqual(parseServerMessage(frame), {
    type: 'ready',
    conversation: 'c',
    model: 'm',
    outputMimeType: 'audio/pcm;rate=24000',
    endsInSeconds: 900,
    simulated: true,
    resume: 'r',
    resumed: false,
    received: 0,
    pictures: false,
    picturesForSeconds: 0,
  });
});

test('the end and another output type are read with all their members', () => {
  const ended = { type: 'ended', code: 4502, reason: 'The key is not valid', retryable: true };
  assert.deepEqual(parseServerMessage(JSON.stringify(ended)), ended);
  assert.deepEqual(parseServerMessage('{"type":"ended","reason":"x"}'), { type: 'unknown' });
  assert.deepEqual(parseServerMessage('{"type":"output","output":{"mimeType":"audio/pcm;rate=16000"}}'), { type: 'output', mimeType: 'audio/pcm;rate=16000' });
});

test('a tool is called by its title, or by its name', () => {
  const asking = { type: 'tool', call: 3, name: 'book_table', title: 'table booking', state: 'asking', arguments: 'day: Friday', decideWithinSeconds: 60 };
  assert.deepEqual(parseServerMessage(JSON.stringify(asking)), { type: 'tool', call: 3, title: 'table booking', state: 'asking', arguments: 'day: Friday' });
  assert.deepEqual(parseServerMessage('{"type":"tool","call":3,"name":"book_table","state":"done"}'), { type: 'tool', call: 3, title: 'book_table', state: 'done', arguments: '' });
});

test('members of a wrong type count as absent', () => {
  assert.deepEqual(parseServerMessage('{"type":"ready","output":7,"endsInSeconds":"soon","simulated":"yes"}'), {
    type: 'ready',
    conversation: '',
    model: '',
    outputMimeType: '',
    endsInSeconds: null,
    simulated: false,
    resume: '',
    resumed: false,
    received: 0,
    pictures: false,
    picturesForSeconds: 0,
  });
  assert.deepEqual(parseServerMessage('{"type":"waiting"}'), { type: 'waiting', position: 0, ahead: 0 });
});

test('what is not understood is unknown, whatever it is', () => {
  for (const frame of ['', 'no', 'null', '[]', '7', '{}', '{"type":7}', '{"type":"newer"}', '{"type":"constructor"}', '{"type":"__proto__"}', '{"type":"tool","state":"odd"}']) {
    assert.deepEqual(parseServerMessage(frame), { type: 'unknown' }, frame);
  }
});

test('start names only what was chosen', () => {
  /** @type {string[]} */
  const vocabulary = [];
  const defaults = { ...defaultSettings(false), vocabulary };
  assert.deepEqual(startMessage(defaults, 'audio/pcm;rate=16000'), {
    type: 'start',
    audio: { mimeType: 'audio/pcm;rate=16000' },
    turnTaking: 'auto',
  });
  const chosen = { ...defaults, voice: 'Kore', instruction: 'Be brief.', turnTaking: /** @type {const} */ ('manual') };
  assert.deepEqual(startMessage({ ...chosen, model: 'gemini-3.5-transcribe-live' }, 'audio/webm;codecs=opus'), {
    type: 'start',
    audio: { mimeType: 'audio/webm;codecs=opus' },
    turnTaking: 'manual',
    model: 'gemini-3.5-transcribe-live',
    modality: 'TEXT',
    voice: 'Kore',
    systemInstruction: 'Be brief.',
  });
  const wishes = { ...defaults, turnTaking: /** @type {const} */ ('whole'), answers: /** @type {const} */ ('text'), search: /** @type {const} */ ('on') };
  assert.deepEqual(startMessage({ ...wishes, vocabulary: ['Payara'] }, 'audio/aac'), {
    type: 'start',
    audio: { mimeType: 'audio/aac' },
    turnTaking: 'auto',
    interruptible: false,
    modality: 'TEXT',
    vocabulary: ['Payara'],
    search: true,
  });
});

test('the socket stands beside the page, whatever the context path', () => {
  assert.equal(socketUrl('http://127.0.0.1:8080/').href, 'ws://127.0.0.1:8080/ws/audio-live');
  assert.equal(socketUrl('https://example.org/voice/index.html?a=1#b').href, 'wss://example.org/voice/ws/audio-live');
});

test('stored settings that nobody wrote fall back to the defaults', () => {
  const defaults = defaultSettings(true);
  assert.equal(defaults.format, 'webm-32k');
  for (const stored of [null, 7, 'text', [], { format: 'mp3', turnTaking: 1, voice: {}, instruction: null }]) {
    assert.deepEqual(readSettings(stored, defaults), defaults);
  }
  assert.equal(readSettings({ format: 'pcm', unknown: 1 }, defaults).format, 'pcm');
});

function openSocket() {
  const fake = new FakeSocket();
  /** @type {unknown[]} */
  const told = [];
  const socket = new ParleySocket(
    new URL('ws://127.0.0.1/ws/audio-live'),
    {
      opened: () => told.push('opened'),
      message: (message) => told.push(message.type),
      audio: (bytes) => told.push(bytes.byteLength),
      steadiness: (unsteady) => told.push(unsteady ? 'unsteady' : 'steady'),
      closed: (end) => told.push(end),
    },
    () => fake.asWebSocket,
  );
  return { fake, told, socket };
}

test('messages and audio go both ways and are counted', () => {
  const { fake, told, socket } = openSocket();
  socket.send({ type: 'stop' });
  assert.deepEqual(fake.sent, [], 'not before it is open');
  fake.readyState = 1;
  fake.onopen();
  socket.send({ type: 'stop' });
  socket.sendAudio(new Uint8Array(10));
  fake.onmessage({ data: '{"type":"interrupted"}' });
  fake.onmessage({ data: new ArrayBuffer(6) });
  assert.equal(fake.binaryType, 'arraybuffer');
  assert.deepEqual(told, ['opened', 'interrupted', 6]);
  assert.equal(socket.bytesUp, 25);
  assert.equal(socket.bytesDown, 28);
  fake.close();
  assert.deepEqual(told.at(-1), { code: 1006, reason: '', everOpen: true });
});

test('a network that does not keep up is told once, and full means refused', () => {
  const { fake, told, socket } = openSocket();
  fake.readyState = 1;
  fake.onopen();
  fake.bufferedAmount = 300 * 1024;
  assert.equal(socket.sendAudio(new Uint8Array(2)), true);
  assert.equal(socket.sendAudio(new Uint8Array(2)), true);
  fake.bufferedAmount = 2 * 1024 * 1024;
  assert.equal(socket.sendAudio(new Uint8Array(2)), false);
  fake.bufferedAmount = 100 * 1024;
  socket.watch();
  fake.bufferedAmount = 0;
  socket.watch();
  assert.deepEqual(told, ['opened', 'unsteady', 'steady']);
  fake.close();
});
