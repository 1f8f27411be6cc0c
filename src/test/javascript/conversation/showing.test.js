import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isShowing, show, SHOWING_NOTHING, showingHint, showingWords } from '../../../main/webapp/app/conversation/state/showing.js';
import { parseServerMessage } from '../../../main/webapp/app/transport/messages.js';
import { after, READY, TALKING } from './story.js';

/** @typedef {import('../../../main/webapp/app/conversation/state/showing.js').Change} Change */

function told(/** @type {Change[]} */ ...changes) {
  return changes.reduce(show, SHOWING_NOTHING);
}

test('pictures are counted anew for each thing shown', () => {
  const showing = told({ is: 'asked' }, { is: 'begun', what: 'camera', facing: 'user' }, { is: 'sent' }, { is: 'sent' });
  assert.equal(showing.sent, 2);
  assert(isShowing(showing));
  assert.equal(show(showing, { is: 'begun', what: 'screen', facing: '' }).sent, 0);
});

test('what is over is not shown, and its notice stays until it is dismissed', () => {
  const notice = { tone: /** @type {const} */ ('note'), happened: 'a', advice: 'b', steps: [], retry: false };
  const over = told({ is: 'begun', what: 'screen', facing: '' }, { is: 'over', notice });
  assert(!isShowing(over));
  assert.equal(over.notice, notice);
  assert.equal(show(over, { is: 'noticed', notice: null }).notice, null);
});

test('the words say what is shown, and that nothing is sent before the conversation', () => {
  const showing = told({ is: 'begun', what: 'screen', facing: '' });
  assert.equal(showingWords(showing, true), 'Showing your screen');
  assert.match(showingHint(showing, false), /Nothing is sent/);
  assert.match(showingHint(showing, true), /a second/);
});

test('the two minutes of sound and pictures are told where they count', () => {
  assert.match(showingHint(told({ is: 'agreed', welcome: true, limitSeconds: 120 }), true), /2 minutes/);
});

test('the server says whether its model looks', () => {
  assert.equal(after(...TALKING).showing.welcome, true);
  assert.equal(after(...TALKING.slice(0, -1), { ...READY, pictures: false }).showing.welcome, false);
  const ready = parseServerMessage('{"type":"ready","pictures":true,"picturesForSeconds":120}');
  assert.deepEqual(ready.type === 'ready' && [ready.pictures, ready.picturesForSeconds], [true, 120]);
});
