import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FRAME_SAMPLES, PcmFramer, toInt16 } from '../../../main/webapp/app/audio/capture/pcm-framer.js';

/** Records with a source rate and gives back what went over the wire. */
function frames(/** @type {number} */ rate, /** @type {Float32Array} */ samples, quantum = 128) {
  /** @type {Int16Array[]} */
  const sent = [];
  const framer = new PcmFramer(rate, (buffer, bytes) => {
    sent.push(new Int16Array(buffer.slice(0, bytes)));
    framer.recycle(buffer);
  });
  for (let i = 0; i < samples.length; i += quantum) {
    framer.push(samples.subarray(i, i + quantum));
  }
  framer.flush();
  return sent;
}

test('frames are 40 ms long and the flush brings the rest', () => {
  const sent = frames(16000, new Float32Array(16000).fill(0.5));
  assert.deepEqual([...new Set(sent.slice(0, -1).map((frame) => frame.length))], [FRAME_SAMPLES]);
  assert.equal(sent.reduce((sum, frame) => sum + frame.length, 0), 16000);
  assert(sent.every((frame) => frame.every((sample) => sample === 16384)));
});

test('nothing is lost at the end of a resampled recording', () => {
  const click = new Float32Array(48000);
  click[47990] = 1;
  const sent = frames(48000, click);
  const tail = Math.max(...(sent.at(-1) ?? []));
  assert(tail > 5000, `the last word, a click, arrives: ${tail}`);
});

test('loud samples are cut off, not wrapped around', () => {
  assert.equal(toInt16(1.7), 32767);
  assert.equal(toInt16(-1.7), -32768);
  assert.equal(toInt16(0), 0);
});

test('a frame that came back is used again', () => {
  /** @type {Set<ArrayBuffer>} */
  const seen = new Set();
  const framer = new PcmFramer(16000, (buffer) => {
    seen.add(buffer);
    framer.recycle(buffer);
  });
  framer.push(new Float32Array(16000 * 10));
  assert(seen.size <= 8, `${seen.size}`);
});

test('a quantum of any size gives the same stream', () => {
  const voice = Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i / 7));
  const joined = (/** @type {Int16Array[]} */ parts) => parts.flatMap((part) => [...part]);
  assert.deepEqual(joined(frames(48000, voice, 128)), joined(frames(48000, voice, 256)));
});
