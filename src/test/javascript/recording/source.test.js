import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MicrophoneClaim } from '../../../main/webapp/app/audio/capture/microphone-claim.js';
import { peaksOf } from '../../../main/webapp/app/recording/source/peaks.js';
import { Reel } from '../../../main/webapp/app/recording/source/reel.js';
import { wavHeader } from '../../../main/webapp/app/recording/source/wav.js';

test('the outline is the loudest sample of every stretch, over all channels', () => {
  const left = Float32Array.from({ length: 100 }, (_, i) => (i < 50 ? 0.1 : -0.4));
  const right = new Float32Array(100);
  right[99] = 0.8;
  assert.deepEqual(peaksOf([left, right], 4).map((peak) => Math.round(peak * 1000)), [125, 125, 500, 1000]);
  assert.deepEqual(peaksOf([], 3), [0, 0, 0]);
  assert.deepEqual(peaksOf([Float32Array.of(1)], 3), [1, 1, 1], 'shorter than the picture');
  assert(Math.max(...peaksOf([new Float32Array(1000).fill(0.001)])) < 0.05, 'the noise of a room is no voice');
});

test('a reel keeps every byte in order, whatever happens to the buffers it was given', async () => {
  const reel = new Reel(1e6);
  const shared = new Uint8Array(2);
  for (let i = 0; i < 1000; i++) {
    shared.set([i & 255, i >> 8]);
    assert.equal(reel.add(shared), true);
  }
  const bytes = new Uint8Array(await reel.take('audio/webm', ['ab']).arrayBuffer());
  assert.equal(bytes.length, 2002);
  assert.equal(reel.bytes, 2000);
  for (let i = 0; i < 1000; i++) {
    assert.equal(bytes[2 + 2 * i], i & 255);
    assert.equal(bytes[3 + 2 * i], i >> 8);
  }
});

test('a full reel refuses what does not fit and keeps what it has', () => {
  const reel = new Reel(10);
  assert.equal(reel.add(new Uint8Array(8)), true);
  assert.equal(reel.add(new Uint8Array(3)), false);
  assert.equal(reel.bytes, 8);
  assert.equal(reel.take('audio/wav').size, 8);
});

test('a WAV header says what follows', () => {
  const header = wavHeader(16000, 32000);
  const view = new DataView(header.buffer);
  const tag = (/** @type {number} */ at) => String.fromCharCode(...header.slice(at, at + 4));
  assert.deepEqual([tag(0), tag(8), tag(12), tag(36)], ['RIFF', 'WAVE', 'fmt ', 'data']);
  assert.deepEqual([view.getUint32(4, true), view.getUint32(40, true)], [32036, 32000]);
  assert.deepEqual([view.getUint16(20, true), view.getUint16(22, true), view.getUint32(24, true), view.getUint32(28, true), view.getUint16(34, true)], [1, 1, 16000, 32000, 16]);
});

test('the microphone is one person\u2019s at a time', () => {
  const claim = new MicrophoneClaim();
  assert.equal(claim.take('conversation'), true);
  assert.equal(claim.take('conversation'), true, 'again');
  assert.equal(claim.take('recording'), false);
  assert.equal(claim.isTakenFrom('recording'), true);
  claim.giveBack('recording');
  assert.equal(claim.take('recording'), false, 'nobody gives back what is another\u2019s');
  claim.giveBack('conversation');
  assert.equal(claim.take('recording'), true);
});
