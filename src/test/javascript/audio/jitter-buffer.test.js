import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JitterBuffer } from '../../../main/webapp/app/audio/playback/jitter-buffer.js';

const QUANTUM = 128;
const RATE = 24000;

function sine(/** @type {number} */ samples, /** @type {number} */ from = 0) {
  return Int16Array.from({ length: samples }, (_, i) => Math.round(16000 * Math.sin((2 * Math.PI * 440 * (from + i)) / RATE)));
}

/** Reads quanta and joins them. */
function read(/** @type {JitterBuffer} */ buffer, /** @type {number} */ quanta) {
  const all = new Float32Array(quanta * QUANTUM);
  for (let i = 0; i < quanta; i++) {
    buffer.read(all.subarray(i * QUANTUM, (i + 1) * QUANTUM));
  }
  return all;
}

function peak(/** @type {Float32Array} */ samples) {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

function largestStep(/** @type {Float32Array} */ samples) {
  return samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (samples[i - 1] ?? 0))), 0);
}

test('what is written is what is played', () => {
  const buffer = new JitterBuffer(RATE, RATE);
  const voice = sine(RATE);
  buffer.write(voice);
  const played = read(buffer, 100);
  const start = 200; // after the fade-in
  for (let i = start; i < played.length; i++) {
    assert(Math.abs((played[i] ?? 0) - (voice[i] ?? 0) / 32768) < 1e-6, `sample ${i}`);
  }
});

test('sound begins only with a head start, or after waiting as long', () => {
  const buffer = new JitterBuffer(RATE, RATE);
  buffer.write(sine(480)); // 20 ms
  assert.equal(peak(read(buffer, 5)), 0, 'silent for 27 ms');
  assert(peak(read(buffer, 10)) > 0.1, 'but not for ever');
});

test('a short answer that is complete plays at once', () => {
  const buffer = new JitterBuffer(RATE, RATE);
  buffer.write(sine(480));
  buffer.endTurn();
  assert(peak(read(buffer, 1)) > 0.1);
});

test('a cut is silent after one quantum and has no click', () => {
  const buffer = new JitterBuffer(RATE, 48000);
  buffer.write(sine(RATE));
  const before = read(buffer, 100);
  const heard = buffer.cut();
  const after = read(buffer, 10);
  assert(heard === 6400 || heard === 6401, `100 quanta at half the rate: ${heard}`);
  assert.equal(peak(after.subarray(QUANTUM)), 0);
  assert.equal(buffer.position, RATE);
  const joined = Float32Array.from([...before, ...after]);
  assert(largestStep(joined) < 0.04, 'a 440 Hz tone of this loudness steps 0.028 at most by itself');
});

test('audio written after a cut plays, and nothing from before it', () => {
  const buffer = new JitterBuffer(RATE, RATE);
  buffer.write(sine(RATE));
  read(buffer, 10);
  buffer.cut();
  buffer.write(new Int16Array(RATE).fill(8192));
  const after = read(buffer, 20).subarray(QUANTUM);
  assert(after.every((sample) => sample >= 0 && sample <= 0.2501));
  assert(peak(after) > 0.24);
});

test('running dry fades out and loses nothing', () => {
  const buffer = new JitterBuffer(RATE, RATE);
  buffer.write(sine(4000));
  const dry = read(buffer, 40);
  assert.equal(buffer.playing, false);
  assert(largestStep(dry) < 0.06, 'no click');
  assert.equal(dry.at(-1), 0);
  buffer.write(sine(4000, 4000));
  read(buffer, 40);
  assert.equal(buffer.position, 8000);
});

test('a gap within an answer enlarges the head start, a pause between answers does not', () => {
  const buffer = new JitterBuffer(RATE, RATE);
  const first = buffer.targetMillis;
  buffer.write(sine(2400));
  read(buffer, 40);
  buffer.write(sine(2400));
  assert.equal(buffer.underRuns, 1);
  assert(buffer.targetMillis > first);
  const grown = buffer.targetMillis;
  read(buffer, 60);
  buffer.endTurn();
  read(buffer, 20);
  buffer.write(sine(2400));
  assert.equal(buffer.underRuns, 1);
  assert(buffer.targetMillis <= grown);
});

test('the head start never exceeds its bound and shrinks again in calm answers', () => {
  const buffer = new JitterBuffer(RATE, RATE);
  for (let i = 0; i < 20; i++) {
    buffer.write(sine(2400));
    read(buffer, 120);
  }
  assert(buffer.targetMillis <= 400);
  for (let i = 0; i < 20; i++) {
    buffer.endTurn();
  }
  assert(buffer.targetMillis < 61);
});

test('the ring grows around its seam and keeps the order', () => {
  const buffer = new JitterBuffer(RATE, RATE);
  const ramp = (/** @type {number} */ from, /** @type {number} */ n) => Int16Array.from({ length: n }, (_, i) => (from + i) % 30000);
  buffer.write(ramp(0, 12 * RATE));
  read(buffer, Math.floor((10 * RATE) / QUANTUM));
  buffer.write(ramp(12 * RATE, 10 * RATE)); // over the seam
  buffer.write(ramp(22 * RATE, 20 * RATE)); // grows
  const from = buffer.position;
  const played = read(buffer, Math.floor((30 * RATE) / QUANTUM));
  for (let i = 1000; i < played.length; i++) {
    assert.equal(Math.round((played[i] ?? 0) * 32768), (from + i) % 30000);
  }
});

test('more than ten minutes are refused, not kept', () => {
  const buffer = new JitterBuffer(8000, 8000);
  assert.equal(buffer.write(new Int16Array(8000 * 600)), 0);
  assert.equal(buffer.write(new Int16Array(100)), 100);
});
