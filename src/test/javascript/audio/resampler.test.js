import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Resampler } from '../../../main/webapp/app/audio/resampler.js';

function resample(/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ hertz, seconds = 0.5) {
  const resampler = new Resampler(from, to);
  const output = [];
  for (let i = 0; i < from * seconds; i++) {
    resampler.push(Math.sin((2 * Math.PI * hertz * i) / from));
    while (resampler.needed === 0) {
      output.push(resampler.next());
    }
  }
  return { output, lag: resampler.delay / from };
}

for (const [from, to] of /** @type {const} */ ([[48000, 16000], [44100, 16000], [24000, 48000], [24000, 44100], [96000, 16000], [16000, 16000], [22050, 16000]])) {
  test(`a tone from ${from} Hz to ${to} Hz stays that tone`, () => {
    const { output, lag } = resample(from, to, 1000);
    assert(Math.abs(output.length - to / 2) <= 3, `${output.length} samples`);
    for (let i = Math.ceil(2 * lag * to) + 1; i < output.length; i++) {
      const expected = Math.sin(2 * Math.PI * 1000 * (i / to - lag));
      assert(Math.abs((output[i] ?? 0) - expected) < 2e-3, `sample ${i}: ${output[i]} for ${expected}`);
    }
  });
}

test('what the lower rate cannot carry is removed, not folded back', () => {
  const { output } = resample(48000, 16000, 11000);
  const loudest = Math.max(...output.slice(100).map(Math.abs));
  assert(loudest < 1e-3, `${loudest}`);
});
