import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchSession, signOut } from '../../../main/webapp/app/transport/session.js';

const BASE = 'https://parley.example/voice/';

/** @returns {{asked: string[], ask: typeof fetch}} answers every request so */
function answering(/** @type {number} */ status, /** @type {unknown} */ body) {
  /** @type {string[]} */
  const asked = [];
  const ask = async (/** @type {string | URL | Request} */ address, /** @type {RequestInit | undefined} */ options) => {
    asked.push(`${options?.method ?? 'GET'} ${address}`);
    return new Response(JSON.stringify(body), { status });
  };
  return { asked, ask };
}

test('the page learns who is signed in, beside itself whatever the context path', async () => {
  const { asked, ask } = answering(200, { mode: 'oidc', name: 'anna', roles: ['talk'], canSignOut: true });
  assert.deepEqual(await fetchSession(BASE, ask), { name: 'anna', canSignOut: true, needed: false });
  assert.deepEqual(asked, ['GET https://parley.example/voice/api/session']);
});

test('where nobody signs in there is no name, and where somebody must it is said', async () => {
  assert.deepEqual(await fetchSession(BASE, answering(200, { mode: 'open', roles: ['talk'] }).ask), { name: '', canSignOut: false, needed: false });
  assert.deepEqual(await fetchSession(BASE, answering(401, {}).ask), { name: '', canSignOut: false, needed: true });
});

test('a server that does not say, or no network, changes nothing', async () => {
  assert.equal(await fetchSession(BASE, answering(503, {}).ask), null);
  assert.equal(await fetchSession(BASE, () => Promise.reject(new TypeError('offline'))), null);
});

test('signing out tells where it ends, and never pretends', async () => {
  const { asked, ask } = answering(200, { location: 'https://login.example/bye' });
  assert.equal(await signOut(BASE, ask), 'https://login.example/bye');
  assert.deepEqual(asked, ['POST https://parley.example/voice/sign-out']);
  const refused = await signOut(BASE, answering(503, {}).ask).catch((/** @type {Error} */ failure) => failure.message);
  assert.equal(refused, 'Signing out was answered with status 503');
});
