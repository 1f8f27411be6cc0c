import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Uplink } from '../../../main/webapp/app/conversation/sound/uplink.js';

/** A wire that keeps a list, and recorders whose last chunk comes only after they were asked to stop. */
function setUp(/** @type {{container: boolean, manual: boolean, unfinished?: boolean}} */ kind) {
  /** @type {string[]} */
  const log = [];
  let taken = true;
  let count = 0;
  const uplink = new Uplink(
    {
      send: (message) => void log.push(message.type),
      sendAudio: (chunk) => {
        log.push(`audio ${chunk.byteLength}`);
        return taken;
      },
    },
    kind,
    { failed: () => log.push('failed'), overrun: () => log.push('overrun') },
  );
  /** @type {(chunk: Uint8Array<ArrayBuffer>) => void} */
  let speak = () => undefined;
  const recorder = () => {
    count++;
    return {
      start: async (/** @type {(chunk: Uint8Array<ArrayBuffer>) => void} */ onChunk) => {
        speak = onChunk;
      },
      stop: async () => {
        await Promise.resolve();
        speak(new Uint8Array(99));
      },
    };
  };
  return {
    log,
    uplink,
    recorder,
    speak: (/** @type {number} */ bytes) => speak(new Uint8Array(bytes)),
    full: () => (taken = false),
    recordings: () => count,
  };
}

test('muting sends the last words, then the end of the stream', async () => {
  const { log, uplink, recorder, speak } = setUp({ container: true, manual: false });
  uplink.want(recorder);
  await uplink.settled();
  speak(1);
  uplink.want(null);
  await uplink.settled();
  assert.deepEqual(log, ['audio 1', 'audio 99', 'audioStreamEnd']);
});

test('unmuting while the last words are still on their way begins a new recording after them', async () => {
  const { log, uplink, recorder, speak, recordings } = setUp({ container: true, manual: false });
  uplink.want(recorder);
  await uplink.settled();
  uplink.want(null);
  uplink.want(recorder);
  await uplink.settled();
  speak(2);
  assert.deepEqual(log, ['audio 99', 'audioStreamEnd', 'audio 2']);
  assert.equal(recordings(), 2);
});

test('finishing waits for the last words and leaves the end to stop', async () => {
  const { log, uplink, recorder, speak } = setUp({ container: false, manual: false });
  uplink.want(recorder);
  await uplink.settled();
  speak(1);
  await uplink.finish();
  uplink.want(recorder);
  await uplink.settled();
  assert.deepEqual(log, ['audio 1', 'audio 99']);
});

test('in manual turn taking the first words open the turn and the last ones close it', async () => {
  const { log, uplink, recorder, speak } = setUp({ container: false, manual: true });
  uplink.want(recorder);
  await uplink.settled();
  speak(1);
  speak(2);
  uplink.want(null);
  await uplink.settled();
  assert.deepEqual(log, ['activityStart', 'audio 1', 'audio 2', 'audio 99', 'activityEnd']);
});

test('a turn ended by stop is closed as well', async () => {
  const { log, uplink, recorder } = setUp({ container: true, manual: true });
  uplink.want(recorder);
  await uplink.settled();
  await uplink.finish();
  assert.deepEqual(log, ['activityStart', 'audio 99', 'activityEnd']);
});

test('a recording that sent nothing leaves no mark', async () => {
  const { log, uplink } = setUp({ container: true, manual: true });
  uplink.want(() => ({ start: async () => undefined, stop: async () => undefined }));
  await uplink.settled();
  uplink.want(null);
  await uplink.settled();
  assert.deepEqual(log, []);
});

test('a browser that cannot record is told once and the next wish is tried again', async () => {
  const { log, uplink, recorder, speak } = setUp({ container: true, manual: false });
  const broken = () => ({ start: () => Promise.reject(new Error('no codec')), stop: async () => undefined });
  uplink.want(broken);
  await uplink.settled();
  uplink.want(recorder);
  await uplink.settled();
  speak(3);
  assert.deepEqual(log, ['failed', 'audio 3']);
});

test('a network that takes no more is reported', async () => {
  const { log, uplink, recorder, speak, full } = setUp({ container: false, manual: false });
  uplink.want(recorder);
  await uplink.settled();
  full();
  speak(1);
  assert.deepEqual(log, ['audio 1', 'overrun']);
});

test('what the page before this one left without an end gets one, before anything else', async () => {
  for (const [kind, marks] of /** @type {const} */ ([
    [{ container: false, manual: false }, ['audioStreamEnd']],
    [{ container: false, manual: true }, ['activityEnd']],
    [{ container: true, manual: true }, ['audioStreamEnd', 'activityEnd']],
  ])) {
    const { log, uplink, recorder, speak } = setUp({ ...kind, unfinished: true });
    assert.equal(uplink.unfinished, false);
    uplink.want(recorder);
    await Promise.resolve();
    speak(1);
    assert.equal(uplink.unfinished, true);
    assert.deepEqual(log, [...marks, ...(kind.manual ? ['activityStart'] : []), 'audio 1']);
  }
});
