import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Lifeline } from '../../../main/webapp/app/transport/lifeline.js';
import { FakeSocket } from './fake-socket.js';

/** A socket that is open at once. */
class OpenSocket extends FakeSocket {
  readyState = 1;
  /** The network's doing, or the server's. */
  lose(code = 1006) {
    this.close(code);
  }
  /** What was sent: types of messages, first bytes of audio. */
  get words() {
    return this.sent.map((frame) => (typeof frame === 'string' ? JSON.parse(frame).type : new Uint8Array(frame.buffer)[0]));
  }
}

/** A lifeline that is ready, with all its sockets and what it told; or one that goes on with an earlier page's. */
function live(/** @type {import('../../../main/webapp/app/transport/lifeline.js').Past | null} */ past = null) {
  /** @type {OpenSocket[]} */
  const sockets = [];
  /** @type {string[]} */
  const told = [];
  const line = new Lifeline(
    new URL('ws://voice.example/ws/audio-live'),
    {
      opened: () => told.push('opened'),
      message: (message) => told.push(message.type),
      audio: () => told.push('audio'),
      steadiness: () => undefined,
      lost: () => told.push('lost'),
      has: () => ({ turn: 3, millis: 1250.7 }),
      closed: ({ code }) => told.push(`closed ${code}`),
    },
    () => {
      const socket = new OpenSocket();
      sockets.push(socket);
      return socket.asWebSocket;
    },
    past,
  );
  const socket = () => /** @type {OpenSocket} */ (sockets.at(-1));
  const ready = (resumed = false, received = 0) =>
    socket().onmessage({ data: JSON.stringify({ type: 'ready', resume: 'c.secret', resumed, received }) });
  const speak = (/** @type {number} */ mark) => line.sendAudio(new Uint8Array([mark, 0]));
  socket().onopen();
  if (!past) {
    ready();
  }
  return { line, sockets, socket, told, ready, speak };
}

test('what the server has not got is sent again, once and in order', () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const { line, socket, sockets, told, ready, speak } = live();
  speak(1);
  line.send({ type: 'text', text: 'hi' });
  speak(2);
  speak(3);
  socket().lose();
  speak(4);
  assert.deepEqual(told.slice(-1), ['lost']);
  mock.timers.tick(0);
  assert.equal(sockets.length, 2);
  speak(5);
  socket().onopen();
  assert.equal(socket().sent[0], '{"type":"start","resume":"c.secret","lastHeardMillis":1250,"lastHeardTurn":3}');
  ready(true, 2);
  speak(6);
  assert.deepEqual(socket().words, ['start', 2, 3, 4, 5, 6]);
  line.close();
  mock.timers.reset();
});

test('a long absence is made up for at a pace that the server takes', () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const { socket, ready, speak } = live();
  socket().lose();
  for (let i = 0; i < 100; i++) {
    speak(i);
  }
  mock.timers.tick(0);
  socket().onopen();
  ready(true, 0);
  assert.equal(socket().sent.length, 1 + 40);
  speak(100);
  assert.equal(socket().sent.length, 1 + 40, 'what is said meanwhile comes behind');
  mock.timers.tick(100);
  mock.timers.tick(100);
  assert.deepEqual(socket().words.slice(1), Array.from({ length: 101 }, (_, i) => i));
  mock.timers.reset();
});

test('a picture is sent at once or never, and what comes behind it keeps its place', () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const { line, socket, ready, speak } = live();
  const picture = /** @type {const} */ ({ type: 'image', mimeType: 'image/jpeg', data: '/9j/4AAQ' });
  speak(1);
  line.send(picture);
  speak(2);
  assert.deepEqual(socket().words, [1, 'image', 2]);
  socket().lose();
  line.send(picture);
  speak(3);
  mock.timers.tick(0);
  socket().onopen();
  ready(true, 1);
  assert.deepEqual(socket().words, ['start', undefined, 2, 3], 'an empty message stands for it, as the server counts');
  line.close();
  mock.timers.reset();
});

test('it tries for a minute, then the connection is lost', () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const { socket, sockets, told } = live();
  socket().lose();
  for (let second = 0; second < 70; second++) {
    mock.timers.tick(1000);
    if (socket().readyState === 1) {
      socket().lose();
    }
  }
  assert.equal(told.filter((word) => word === 'lost').length, 1);
  assert.deepEqual(told.slice(-1), ['closed 1006']);
  assert(sockets.length > 10 && sockets.length < 25, `${sockets.length} attempts`);
  mock.timers.reset();
});

test('an end that was said is no loss', () => {
  for (const end of [4408, 4503, 1000]) {
    const { socket, sockets, told } = live();
    socket().lose(end);
    assert.deepEqual(told.slice(-1), [`closed ${end}`]);
    assert.equal(sockets.length, 1);
  }
  const { socket, told } = live();
  socket().onmessage({ data: '{"type":"ended","code":4508,"reason":"","retryable":true}' });
  socket().lose(1006);
  assert.deepEqual(told.slice(-1), ['closed 1006']);
});

test('a conversation that is gone is given up', () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const { socket, sockets, told } = live();
  socket().lose();
  mock.timers.tick(0);
  socket().onopen();
  socket().onmessage({ data: '{"type":"notResumed","message":"It is over."}' });
  assert.deepEqual(told.filter((word) => word.startsWith('closed')), ['closed 1006'], 'which a person is told of');
  mock.timers.tick(60000);
  assert.equal(sockets.length, 2);
  mock.timers.reset();
});

test('what was never ready is not gone on with', () => {
  /** @type {string[]} */
  const told = [];
  const socket = new OpenSocket();
  const quiet = { opened: () => undefined, message: () => undefined, audio: () => undefined, steadiness: () => undefined };
  new Lifeline(
    new URL('ws://voice.example/ws/audio-live'),
    { ...quiet, lost: () => told.push('lost'), has: () => ({ turn: 1, millis: 0 }), closed: ({ code }) => told.push(`closed ${code}`) },
    () => socket.asWebSocket,
  );
  socket.lose();
  assert.deepEqual(told, ['closed 1006']);
});

test('the page after a reload goes on where the one before it was', () => {
  const before = live();
  before.speak(1);
  before.line.send({ type: 'text', text: 'hi' });
  before.speak(3);
  const past = /** @type {import('../../../main/webapp/app/transport/lifeline.js').Past} */ (JSON.parse(JSON.stringify(before.line.past(1000))));
  const { line, socket, told, ready, speak } = live(past);
  line.send({ type: 'audioStreamEnd' });
  speak(5);
  ready(true, 1);
  speak(6);
  assert.equal(socket().sent[0], '{"type":"start","resume":"c.secret","lastHeardMillis":1250,"lastHeardTurn":3}');
  assert.deepEqual(socket().words, ['start', 'text', 3, 'audioStreamEnd', 5, 6]);
  assert.deepEqual(told, ['ready'], 'no new conversation was opened');
  assert.deepEqual(line.past(1000)?.count, 6);
});

test('a page that could not write everything down agrees with the server on what was taken', () => {
  const before = live();
  before.speak(1);
  const past = before.line.past(1000);
  before.speak(2);
  before.speak(3); // taken by the server, and written down by nobody
  const { line, socket, ready, speak } = live(past);
  line.send({ type: 'audioStreamEnd' });
  ready(true, 3);
  speak(5);
  assert.deepEqual(socket().words, ['start', 'audioStreamEnd', 5]);
  assert.equal(line.past(1000)?.count, 5);
});

test('whoever leaves a conversation to another page does not end it, and does not come back', () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const { line, socket, sockets, told } = live();
  /** @type {(number | undefined)[]} */
  const codes = [];
  socket().close = (code) => void codes.push(code);
  line.yield();
  socket().onclose({ code: 3000, reason: '' });
  mock.timers.tick(60000);
  assert.deepEqual(codes, [3000]);
  assert.equal(line.past(1000), null);
  assert.equal(sockets.length, 1);
  assert.equal(told.includes('lost'), false);
  mock.timers.reset();
});
