import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64, fit } from '../../../main/webapp/app/sight/fit.js';
import { sightFailure } from '../../../main/webapp/app/sight/sight-failure.js';

test('a picture keeps its shape and is at most 768 pixels long', () => {
  assert.deepEqual(fit(1920, 1080), { width: 768, height: 432 });
  assert.deepEqual(fit(1080, 1920), { width: 432, height: 768 });
  assert.deepEqual(fit(768, 768), { width: 768, height: 768 });
});

test('a small picture is not enlarged, a thin one stays a picture', () => {
  assert.deepEqual(fit(320, 240), { width: 320, height: 240 });
  assert.deepEqual(fit(40000, 10), { width: 768, height: 1 });
});

test('bytes of any number become base64', () => {
  for (const length of [0, 1, 2, 3, 0x2000, 0x2001, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) & 255);
    assert.deepEqual(Uint8Array.from(atob(base64(bytes)), (letter) => letter.charCodeAt(0)), bytes);
  }
});

test('whoever changes their mind about the screen is told nothing', () => {
  assert.equal(sightFailure('screen', 'NotAllowedError'), null);
  assert.match(sightFailure('screen', 'NotReadableError')?.happened ?? '', /screen/);
});

test('what is wrong with a camera is told with what to do', () => {
  assert.match(sightFailure('camera', 'NotAllowedError')?.advice ?? '', /Allow/);
  assert.match(sightFailure('camera', 'NotFoundError')?.happened ?? '', /No camera/);
  assert.match(sightFailure('camera', 'NotReadableError')?.happened ?? '', /in use/);
  assert.match(sightFailure('camera', 'Whatever')?.happened ?? '', /not be opened/);
});
