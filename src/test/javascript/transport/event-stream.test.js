import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswerEvent, readProblem } from '../../../main/webapp/app/transport/batch/answer-event.js';
import { EventStreamParser } from '../../../main/webapp/app/transport/batch/event-stream.js';

/** Everything an event stream may contain, with characters of one to four bytes. */
const STREAM = [
  '\uFEFF: a comment\n\n',
  'event: progress\ndata: {"stage":"received"}\n\n',
  'event: text\r\ndata: Grüße – 日本 🎙️\r\n\r\n',
  'event:text\rdata:no space\rdata: \rdata:  two\r\r',
  ': keep-alive\nid: 7\nretry: 10\nunknown: x\ndata\n\n',
  'event: nothing\n\n',
  'data: plain\n\n',
  'event: unfinished\ndata: lost',
].join('');

const EVENTS = [
  { type: 'progress', data: '{"stage":"received"}' },
  { type: 'text', data: 'Grüße – 日本 🎙️' },
  { type: 'text', data: 'no space\n\n two' },
  { type: 'message', data: '' },
  { type: 'message', data: 'plain' },
];

/** What comes out when `pieces` go in. */
function parsed(/** @type {(string | Uint8Array<ArrayBuffer>)[]} */ pieces) {
  /** @type {unknown[]} */
  const events = [];
  const parser = new EventStreamParser((event) => events.push(event));
  pieces.forEach((piece) => parser.push(piece));
  return events;
}

test('an event stream is read whole', () => {
  assert.deepEqual(parsed([STREAM]), EVENTS);
});

test('an event stream is read the same in bytes, however they are cut, within characters too', () => {
  const bytes = new TextEncoder().encode(STREAM);
  for (let size = 1; size <= 40; size++) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size) {
      pieces.push(bytes.slice(at, at + size), new Uint8Array(0));
    }
    assert.deepEqual(parsed(pieces), EVENTS, `pieces of ${size} bytes`);
  }
});

test('an event stream is read the same in text, however it is cut', () => {
  for (let size = 1; size <= 40; size++) {
    const pieces = [];
    for (let at = 0; at < STREAM.length; at += size) {
      pieces.push(STREAM.slice(at, at + size), '');
    }
    assert.deepEqual(parsed(pieces), EVENTS, `pieces of ${size} units`);
  }
});

test('a line of a megabyte in small pieces is read in time that grows with its length', () => {
  const pieces = Array.from({ length: 100000 }, () => '0123456789');
  const [event] = parsed(['data: ', ...pieces, '\n\n']);
  assert.equal(/** @type {{data: string}} */ (event).data.length, 1000000);
});

test('every event of an answer is read, and what is wrong in it counts as absent', () => {
  const read = (/** @type {string} */ type, /** @type {unknown} */ data) => readAnswerEvent({ type, data: JSON.stringify(data) });
  assert.deepEqual(read('progress', { stage: 'uploading', bytes: 5, totalBytes: 10, message: 'x' }), {
    type: 'progress',
    progress: { stage: 'uploading', bytes: 5, totalBytes: 10, message: 'x' },
  });
  assert.deepEqual(read('progress', { stage: 'asking' }), { type: 'progress', progress: { stage: 'asking', bytes: 0, totalBytes: null, message: '' } });
  assert.deepEqual(read('progress', { stage: 'dancing' }), { type: 'unknown' });
  assert.deepEqual(read('transcript', { text: 'a' }), { type: 'transcript', text: 'a', speaker: '' });
  assert.deepEqual(read('transcript', { text: 'a', speaker: 'Ann', words: [] }), { type: 'transcript', text: 'a', speaker: 'Ann' });
  assert.deepEqual(read('text', { text: 7 }), { type: 'text', text: '7' });
  assert.deepEqual(read('text', null), { type: 'text', text: '' });
  assert.deepEqual(read('usage', { totalTokens: 12 }), { type: 'usage', totalTokens: 12 });
  const finish = { model: 'm', finishReason: 'STOP', simulated: true, treatment: 'remuxed', found: 'WebM with Opus', mismatch: 'It is WebM' };
  assert.deepEqual(read('done', finish), { type: 'done', finish });
  assert.deepEqual(readAnswerEvent({ type: 'text', data: 'no json' }), { type: 'text', text: '' });
  for (const type of ['newer', 'constructor', '__proto__', 'message']) {
    assert.deepEqual(read(type, {}), { type: 'unknown' }, type);
  }
});

test('a problem document is read; a page in its place leaves the status', () => {
  const told = { type: 'x', title: 'Too large', status: 413, detail: 'At most 200 MB', code: 'TOO_LARGE', retryable: false };
  assert.deepEqual(readProblem(told, 500), { status: 413, code: 'TOO_LARGE', title: 'Too large', detail: 'At most 200 MB', retryable: false, retryAfterSeconds: null });
  assert.deepEqual(readProblem(null, 503), { status: 503, code: '', title: '', detail: '', retryable: true, retryAfterSeconds: null });
  assert.equal(readProblem({}, 415).retryable, false);
  assert.equal(readProblem({ retryAfterSeconds: 34 }, 429).retryAfterSeconds, 34);
});
