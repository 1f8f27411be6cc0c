import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keepsake } from '../../../main/webapp/app/conversation/comeback/keepsake.js';
import { TabClaim } from '../../../main/webapp/app/conversation/comeback/tab-claim.js';
import { defaultSettings } from '../../../main/webapp/app/conversation/state/settings.js';

/** Storage that takes so many characters. */
function storage(/** @type {number} */ most) {
  /** @type {Map<string, string>} */
  const items = new Map();
  return /** @type {Storage} */ (/** @type {unknown} */ ({
    getItem: (/** @type {string} */ key) => items.get(key) ?? null,
    removeItem: (/** @type {string} */ key) => void items.delete(key),
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      if (value.length > most) {
        throw new Error('QuotaExceededError');
      }
      items.set(key, value);
    },
    get length() {
      return items.size;
    },
  }));
}

const MEMENTO = { version: 1, conversation: 'c', line: { token: 'c.s', count: 1, frames: [] }, entries: [] };
const DEFAULTS = defaultSettings(false);

test('what is kept is read by the next page of the tab, and gone when the conversation is', () => {
  const tab = storage(1000);
  const keepsake = new Keepsake(() => tab);
  assert.equal(keepsake.read(DEFAULTS), null);
  assert(keepsake.keep(MEMENTO));
  assert.equal(keepsake.keep({ ...MEMENTO, more: 'x'.repeat(1000) }), false, 'what does not fit leaves what was there');
  const next = new Keepsake(() => tab);
  assert.equal(next.read(DEFAULTS)?.line.token, 'c.s');
  next.clear();
  assert.equal(tab.length, 0);
});

test('a browser that forbids storage, or holds something else in it, costs only the memory', () => {
  const forbidden = new Keepsake(() => {
    throw new Error('SecurityError');
  });
  assert.equal(forbidden.keep(MEMENTO), false);
  assert.equal(forbidden.read(DEFAULTS), null);
  forbidden.clear();
  const tab = storage(1000);
  tab.setItem('parley.conversation', '{"version":');
  assert.equal(new Keepsake(() => tab).read(DEFAULTS), null);
});

/** Locks as browsers have them, as far as one name is concerned. */
class FakeLocks {
  /** @type {((reason: unknown) => void) | null} */
  #robbed = null;

  async request(/** @type {string} */ _name, /** @type {LockOptions} */ options, /** @type {() => Promise<void>} */ callback) {
    if (this.#robbed && !options.steal) {
      throw new DOMException('', 'TimeoutError');
    }
    this.#robbed?.(new DOMException('', 'AbortError'));
    const robbed = new Promise((_, reject) => {
      this.#robbed = reject;
    });
    const held = callback().then(() => {
      this.#robbed = null;
    });
    await Promise.race([held, robbed]);
  }
}

test('one tab has a conversation; another one can take it, and the first is told', async () => {
  const locks = /** @type {LockManager} */ (/** @type {unknown} */ (new FakeLocks()));
  /** @type {string[]} */
  const told = [];
  const first = new TabClaim(locks, () => told.push('first'));
  const second = new TabClaim(locks, () => told.push('second'));
  assert.equal(await first.claim('c'), true);
  assert.equal(await second.claim('c'), false);
  assert.deepEqual(told, []);
  assert.equal(await second.take('c'), true);
  await new Promise((resolve) => void setTimeout(resolve, 0));
  assert.deepEqual(told, ['first']);
  assert.equal(await first.claim('c'), false);
  second.release();
  await new Promise((resolve) => void setTimeout(resolve, 0));
  assert.equal(await first.claim('c'), true);
  assert.deepEqual(told, ['first']);
});

test('where there are no locks every claim is granted', async () => {
  const claim = new TabClaim(undefined, () => assert(false));
  assert.equal(await claim.claim('c'), true);
  assert.equal(await claim.take('c'), true);
  claim.release();
});
