import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JitterBuffer } from '../../../main/webapp/app/audio/playback/jitter-buffer.js';
import { Player } from '../../../main/webapp/app/audio/playback/player.js';
import { RateConverter } from '../../../main/webapp/app/audio/playback/rate-converter.js';
import { Store } from '../../../main/webapp/app/shared/store.js';
import { defaultSettings } from '../../../main/webapp/app/conversation/state/settings.js';
import { reduce } from '../../../main/webapp/app/conversation/state/reducer.js';
import { initialState } from '../../../main/webapp/app/conversation/state/state.js';
import { Voice } from '../../../main/webapp/app/conversation/sound/voice.js';

/**
 * The audio thread's side of the players made, newest last.
 * @type {{sourceRate: number, heard: {type: string, buffer?: ArrayBuffer}[]}[]}
 */
const nodes = [];

Object.assign(globalThis, {
  AudioWorkletNode: class {
    constructor(/** @type {unknown} */ _context, /** @type {string} */ _name, /** @type {{processorOptions: {sourceRate: number}}} */ options) {
      /** @type {{type: string, buffer?: ArrayBuffer}[]} */
      const heard = [];
      nodes.push({ sourceRate: options.processorOptions.sourceRate, heard });
      this.port = { postMessage: (/** @type {{type: string}} */ message) => void heard.push(message), close: () => undefined };
    }
    connect() {}
    disconnect() {}
  },
});

const CONTEXT = /** @type {AudioContext} */ (/** @type {unknown} */ ({ destination: null, outputLatency: 0 }));
const SILENT = { moved: () => undefined, cut: () => undefined };

function node() {
  const newest = nodes.at(-1);
  assert(newest);
  return newest;
}

/** 440 Hz. */
function tone(/** @type {number} */ rate, /** @type {number} */ samples) {
  return Int16Array.from({ length: samples }, (_, i) => Math.round(16000 * Math.sin((2 * Math.PI * 440 * i) / rate)));
}

/** Hz, from how often the sound goes upwards through zero. */
function pitch(/** @type {Int16Array} */ samples, /** @type {number} */ rate) {
  let crossings = 0;
  for (let i = 1; i < samples.length; i++) {
    crossings += (samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0 ? 1 : 0;
  }
  return (crossings * rate) / samples.length;
}

function queued() {
  const pieces = node().heard.flatMap((message) => (message.type === 'audio' && message.buffer ? [...new Int16Array(message.buffer)] : []));
  return Int16Array.from(pieces);
}

for (const from of [8000, 16000, 22050, 44100, 48000]) {
  test(`a stream of ${from} Hz keeps its pitch and its length at 24000 Hz, in whatever pieces it comes`, () => {
    const converter = new RateConverter(from, 24000);
    const voice = tone(from, from);
    const out = [];
    for (let i = 0, size = 1; i < voice.length; i += size, size = (size * 7) % 997) {
      out.push(...converter.convert(voice.subarray(i, i + size)));
    }
    out.push(...converter.finish());
    assert(Math.abs(out.length - 24000) <= 2, `${out.length}`);
    assert(Math.abs(pitch(Int16Array.from(out), 24000) - 440) <= 1);
    const expected = tone(24000, 24000);
    const off = out.slice(200, -200).reduce((most, sample, i) => Math.max(most, Math.abs(sample - (expected[i + 200] ?? 0))), 0);
    assert(off < 2600, `at most a sample's worth late: ${off}`); // 440 Hz moves by 1843 a sample
  });
}

test('audio of another rate is converted from there on, and what was queued before is left as it was', () => {
  const player = new Player(CONTEXT, 'audio/pcm;rate=24000', SILENT);
  assert.equal(player.play(tone(24000, 24000).buffer), 1000);
  assert.equal(player.changeFormat('audio/pcm;rate=16000'), 0);
  let millis = player.play(tone(16000, 16000).buffer);
  millis += player.changeFormat('audio/pcm;rate=24000');
  assert(Math.abs(millis - 1000) < 0.1, `${millis}`);
  assert.equal(player.play(tone(24000, 12000).buffer), 500);

  const all = queued();
  assert.deepEqual(all.subarray(0, 24000), tone(24000, 24000));
  assert.deepEqual(all.slice(-12000), tone(24000, 12000));
  assert(Math.abs(pitch(all.subarray(24000, -12000), 24000) - 440) <= 1);
});

test('the end of an answer hands out what the filter held, before it tells the end', () => {
  const player = new Player(CONTEXT, '', SILENT);
  player.changeFormat('audio/pcm;rate=48000');
  const millis = player.play(tone(48000, 4800).buffer);
  const rest = player.endTurn();
  assert(millis < 100 && Math.abs(millis + rest - 100) < 0.1);
  assert.deepEqual(node().heard.map((message) => message.type), ['audio', 'audio', 'endTurn']);
});

test('a cut forgets what the filter held', () => {
  const player = new Player(CONTEXT, '', SILENT);
  player.changeFormat('audio/pcm;rate=16000');
  player.play(new Int16Array(160).fill(20000).buffer);
  player.cut();
  node().heard.length = 0;
  player.play(new Int16Array(1600).buffer);
  player.endTurn();
  assert(queued().every((sample) => sample === 0));
});

test('half a sample left over at a change does not shift what follows', () => {
  const player = new Player(CONTEXT, '', SILENT);
  player.play(new ArrayBuffer(3));
  player.changeFormat('audio/pcm;rate=24000');
  node().heard.length = 0;
  player.play(tone(24000, 480).buffer);
  assert.deepEqual(queued(), tone(24000, 480));
});

test('the queue plays both stretches in their own pitch and counts them in one measure', () => {
  const player = new Player(CONTEXT, '', SILENT);
  let millis = player.play(tone(24000, 24000).buffer);
  millis += player.changeFormat('audio/pcm;rate=16000');
  millis += player.play(tone(16000, 16000).buffer) + player.endTurn();
  const buffer = new JitterBuffer(24000, 48000);
  buffer.write(queued());
  buffer.endTurn();
  const out = new Float32Array(96000);
  for (let i = 0; i < out.length; i += 128) {
    buffer.read(out.subarray(i, i + 128));
  }
  const heard = Int16Array.from(out, (sample) => sample * 32767);
  assert(Math.abs(pitch(heard.subarray(1000, 47000), 48000) - 440) <= 2);
  assert(Math.abs(pitch(heard.subarray(49000), 48000) - 440) <= 2);
  assert(Math.abs((buffer.position * 1000) / 24000 - millis) < 1);
});

function voice() {
  const store = new Store(initialState(defaultSettings(false)), reduce);
  return { store, voice: new Voice(store, () => undefined, () => null) };
}

test('a model that speaks at another rate from its first word on is not converted at all', () => {
  const { voice: subject } = voice();
  subject.begin(CONTEXT, 'audio/pcm;rate=24000');
  subject.changeFormat('audio/pcm;rate=48000');
  subject.play(tone(48000, 4800).buffer);
  assert.equal(node().sourceRate, 48000);
  assert.deepEqual(queued(), tone(48000, 4800));
});

test('what a change and an answer\u2019s end bring out counts as received', () => {
  const { store, voice: subject } = voice();
  subject.begin(CONTEXT, 'audio/pcm;rate=24000');
  subject.play(tone(24000, 2400).buffer);
  subject.changeFormat('audio/pcm;rate=16000');
  subject.play(tone(16000, 1600).buffer);
  assert(store.state.receivedMillis < 200);
  subject.turnComplete(1);
  assert(Math.abs(store.state.receivedMillis - 200) < 0.1);
  assert(Math.abs(store.state.receivedMillis - (queued().length * 1000) / 24000) < 1e-6);
});

test('what has come before the first word belongs to the first answer', () => {
  const { voice: subject } = voice();
  subject.begin(CONTEXT, 'audio/pcm;rate=24000');
  subject.play(tone(24000, 2400).buffer);
  assert.equal(subject.has().turn, 1);
});

test('without a sound card a change of rate has no effect', () => {
  const { store, voice: subject } = voice();
  subject.begin(null, '');
  subject.changeFormat('audio/pcm;rate=16000');
  subject.play(tone(16000, 1600).buffer);
  assert.equal(store.state.receivedMillis, 0);
});
