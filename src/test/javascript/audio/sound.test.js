import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeardLedger } from '../../../main/webapp/app/audio/playback/heard-ledger.js';
import { LevelMeter } from '../../../main/webapp/app/audio/capture/level-meter.js';
import { browserOf, insecureAddress, microphoneFailure } from '../../../main/webapp/app/audio/capture/microphone-failure.js';
import { rateOf, SampleAligner } from '../../../main/webapp/app/audio/playback/player.js';

test('samples cut apart between messages are joined again', () => {
  const aligner = new SampleAligner();
  const bytes = Uint8Array.from({ length: 50 }, (_, i) => i);
  const joined = [];
  for (const [from, to] of /** @type {const} */ ([[0, 1], [1, 1], [1, 8], [8, 11], [11, 50]])) {
    const whole = aligner.align(bytes.slice(from, to).buffer);
    assert.equal(whole.byteLength % 2, 0);
    joined.push(...new Uint8Array(whole));
  }
  assert.deepEqual(joined, [...bytes]);
});

test('the rate is read from the media type', () => {
  assert.equal(rateOf('audio/pcm;rate=16000'), 16000);
  assert.equal(rateOf(''), 24000);
  assert.equal(rateOf('audio/pcm;rate=0'), 24000);
});

test('an answer counts as heard when its last sample was played', () => {
  const ledger = new HeardLedger();
  ledger.turnEnded(1, 2000);
  assert.deepEqual(ledger.played(1999), []);
  ledger.turnEnded(2, 3000);
  assert.deepEqual(ledger.played(2500), [{ turn: 1, millis: 2000 }]);
  assert.deepEqual(ledger.played(3000), [{ turn: 2, millis: 1000 }]);
  assert.deepEqual(ledger.played(3000), []);
});

test('lengths that are no whole milliseconds still add up to an answer heard to its end', () => {
  const ledger = new HeardLedger();
  const sum = Array.from({ length: 49 }, () => 1000 / 24).reduce((all, millis) => all + millis, 0);
  const played = 49000 / 24;
  assert(sum > played, 'the sum is a little off');
  ledger.turnEnded(1, sum);
  assert.deepEqual(ledger.played(played), [{ turn: 1, millis: 2042 }]);
});

test('the answer that sounds is the oldest that is not over', () => {
  const ledger = new HeardLedger();
  assert.deepEqual(ledger.sounding(1, 20.4), { turn: 1, millis: 20 });
  ledger.turnEnded(1, 1000);
  assert.deepEqual(ledger.sounding(2, 30), { turn: 1, millis: 30 });
  ledger.played(1000);
  assert.deepEqual(ledger.sounding(2, 1040), { turn: 2, millis: 40 });
});

test('a cut answer counts as far as it was played', () => {
  const ledger = new HeardLedger();
  ledger.turnEnded(1, 1000);
  assert.deepEqual(ledger.cut(2, 1600, 9000), [{ turn: 1, millis: 1000 }, { turn: 2, millis: 600 }]);
  ledger.turnEnded(3, 9500);
  assert.deepEqual(ledger.played(9500), [{ turn: 3, millis: 500 }]);
});

test('a cut before an ended answer was played to its end counts both, and silence counts nothing', () => {
  const ledger = new HeardLedger();
  ledger.turnEnded(1, 1000);
  assert.deepEqual(ledger.cut(2, 400, 1500), [{ turn: 1, millis: 400 }, { turn: 2, millis: 0 }]);
  assert.deepEqual(ledger.cut(3, 1500, 1500), []);
});

test('the meter rises at once, sinks slowly, and knows a voice from a room', () => {
  const meter = new LevelMeter();
  for (let i = 0; i < 60; i++) {
    meter.report(0.002, i);
  }
  assert.equal(meter.lastVoiceAt, null);
  meter.report(0.2, 100);
  const loud = meter.level;
  assert(loud > 0.8);
  assert.equal(meter.lastVoiceAt, 100);
  meter.report(0.002, 101);
  assert(meter.level < loud && meter.level > 0.5 * loud);
  assert.equal(meter.lastVoiceAt, 100);
});

test('a blocked microphone is explained for the browser at hand', () => {
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
  assert.equal(browserOf(chrome), 'chrome');
  assert.equal(browserOf(`${chrome} Edg/156.0.0.0`), 'edge');
  assert.equal(browserOf('Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'), 'firefox');
  assert.equal(browserOf('Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15'), 'safari');
  assert.equal(browserOf('Mozilla/5.0 (iPhone; CPU iPhone OS 26_0) AppleWebKit/605.1.15 Version/26.0 Mobile Safari/604.1'), 'ios');
  assert.equal(microphoneFailure('NotAllowedError', chrome, '').steps.length, 3);
});

test('every failure of the microphone says what to do', () => {
  for (const name of ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'OverconstrainedError', 'SecurityError', 'AbortError', 'TypeError', '']) {
    const notice = microphoneFailure(name, '', 'You can type meanwhile.');
    assert(notice.happened.endsWith('.') && notice.advice.includes('type'), name);
  }
  assert(insecureAddress('http://voice.example', '').advice.includes('http://voice.example'));
});
