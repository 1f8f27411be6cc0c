import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptMessages } from '../../../main/webapp/app/transport/kept-messages.js';

/** Messages that are all bytes: their first one is their number. */
function numbered(/** @type {number} */ count, size = 1) {
  const kept = new KeptMessages();
  for (let i = 1; i <= count; i++) {
    kept.add(new Uint8Array(size).fill(i));
  }
  return kept;
}

function marks(/** @type {(string | Uint8Array)[]} */ frames) {
  return frames.map((frame) => (typeof frame === 'string' ? frame : frame[0]));
}

test('text and bytes survive storage as they are', () => {
  const kept = new KeptMessages();
  const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => i);
  kept.add('{"type":"text","text":"Grüß Gott \u{1f600}"}');
  kept.add(bytes);
  kept.add(new Uint8Array(0));
  const again = new KeptMessages(JSON.parse(JSON.stringify(kept.packed(1e6))));
  assert.equal(again.count, 3);
  assert.deepEqual(again.after(0, 9), ['{"type":"text","text":"Grüß Gott \u{1f600}"}', bytes, new Uint8Array(0)]);
});

test('only the newest are packed when there is little room, and their numbers stay', () => {
  const again = new KeptMessages(numbered(9, 100).packed(350));
  assert.equal(again.count, 9);
  assert.deepEqual(marks(again.after(7, 9)), [8, 9]);
  assert.deepEqual(marks(again.after(0, 9)), [7, 8, 9]);
});

test('what was forgotten does not shift the numbers of what follows', () => {
  const kept = new KeptMessages(numbered(9, 100).packed(350));
  assert.equal(kept.agree(4), 4);
  assert.deepEqual(marks(kept.after(4, 9)), [7, 8, 9], 'the server takes them for 5, 6 and 7');
  assert.equal(kept.count, 7);
  kept.add(new Uint8Array([10]));
  assert.equal(kept.agree(7), 7);
  assert.deepEqual(marks(kept.after(7, 9)), [10]);
});

test('what the page before this one sent after its last note is not sent again', () => {
  const kept = new KeptMessages(numbered(5).packed(1000));
  kept.add(new Uint8Array([99]));
  assert.equal(kept.agree(8), 8);
  assert.deepEqual(marks(kept.after(8, 9)), [99]);
  assert.equal(kept.count, 9);
  assert.equal(new KeptMessages(numbered(5).packed(1000)).agree(8), 8);
});

test('of more than can be kept since the last page, all that is left is sent, and room is counted anew', () => {
  const kept = new KeptMessages(numbered(2, 1024 * 1024).packed(4 * 1024 * 1024));
  for (let i = 3; i <= 7; i++) {
    kept.add(new Uint8Array(1024 * 1024).fill(i));
  }
  assert.equal(kept.agree(4), 4);
  assert.deepEqual(marks(kept.after(4, 9)), [4, 5, 6, 7]);
  assert.equal(kept.count, 8);

  const roomy = new KeptMessages(numbered(3, 1024 * 1024).packed(4 * 1024 * 1024));
  roomy.agree(5);
  for (let i = 6; i <= 9; i++) {
    roomy.add(new Uint8Array(1024 * 1024).fill(i));
  }
  assert.deepEqual(marks(roomy.after(5, 9)), [6, 7, 8, 9], 'what was dropped takes no room');
});

test('more than four megabytes are not kept', () => {
  const kept = numbered(5, 1024 * 1024);
  assert.equal(kept.count, 5);
  assert.deepEqual(marks(kept.after(0, 9)), [2, 3, 4, 5]);
  kept.clear();
  assert.deepEqual(kept.after(0, 9), []);
});
