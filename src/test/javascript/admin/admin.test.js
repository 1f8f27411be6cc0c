import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeskClient, readOverview, Refusal } from '../../../main/webapp/app/admin/desk-client.js';
import { sparkPath } from '../../../main/webapp/app/admin/sparkline.js';
import { clockTime, faultOf, grouped, healthOf, lasting, nodeStatus, stateOf } from '../../../main/webapp/app/admin/words.js';

test('a server that says nothing shows an empty desk', () => {
  const empty = readOverview({});
  assert.deepEqual(empty.conversations, []);
  assert.equal(empty.diagnosis, null);
  assert.equal(nodeStatus(empty).words, 'Open: 0 conversations');
});

test('an overview is read member by member, and wrong types count as absent', () => {
  const read = readOverview({
    simulated: true,
    drain: { draining: true, byOperator: true, endsInSeconds: 12, conversations: 1 },
    conversations: [{ id: 'c1', latenciesMillis: [480, 'x'], tokens: 'many', state: 'READY' }, 7],
    limits: { waitingRoom: 20, changed: true },
    diagnoses: [{ diagnosis: 'text', verdict: 'failed', steps: [{ name: 'dns', verdict: 'failed' }] }],
  });
  assert.deepEqual(read.conversations[0]?.latenciesMillis, [480, 0]);
  assert.equal(read.conversations[0]?.tokens, 0);
  assert.equal(read.conversations[1]?.id, '');
  assert.deepEqual(read.limits, { waitingRoom: 20 });
  assert.equal(read.limitsChanged, true);
  assert.equal(read.diagnosis?.steps[0]?.name, 'dns');
  assert.equal(nodeStatus(read).words, 'Drained: nobody gets in; 1 conversation, ended in 12 s');
});

test('what a node does is said in a few words', () => {
  const open = readOverview({ conversations: [{}, {}], waiting: [{}] });
  assert.equal(nodeStatus(open).words, 'Open: 2 conversations, 1 waiting');
  const stopping = readOverview({ drain: { draining: true, conversations: 0 } });
  assert.equal(nodeStatus(stopping).words, 'Stopping: nobody gets in; empty');
  const late = readOverview({ drain: { draining: true, byOperator: true, conversations: 2 } });
  assert.equal(nodeStatus(late).words, 'Drained: nobody gets in; 2 conversations, being ended');
});

test('times and numbers are short', () => {
  assert.deepEqual([0, 59, 65, 3600, 7384].map(lasting), ['0 s', '59 s', '1 min 05 s', '1 h 00 min', '2 h 03 min']);
  assert.deepEqual([7, 1234, 4000000].map(grouped), ['7', '1\u202f234', '4\u202f000\u202f000']);
  assert.equal(clockTime('no time'), '');
  assert.notEqual(clockTime('2026-11-24T10:00:00Z'), '');
});

test('a word that the page does not know is shown as it is', () => {
  assert.deepEqual(stateOf('DREAMING'), { words: 'dreaming', tone: 'rest' });
  assert.deepEqual(healthOf('odd'), { words: 'odd', tone: 'rest' });
  assert.equal(faultOf('MOON'), 'moon');
});

test('a line goes from the first value to the last, and stays inside', () => {
  assert.equal(sparkPath([]), '');
  assert.equal(sparkPath([5]), 'M2.0 2.0h0.1');
  assert.equal(sparkPath([0, 10]), 'M2.0 26.0L118.0 2.0');
});

/**
 * @param {Response} response
 * @param {(request: {url: string, init: RequestInit}) => void} seen
 */
function answering(response, seen = () => undefined) {
  globalThis.fetch = async (url, init) => {
    seen({ url: String(url), init: init ?? {} });
    return response;
  };
  return new DeskClient('http://localhost/parley/admin.html');
}

test('what changes something is sent as JSON, with the token', async () => {
  /** @type {{url: string, init: RequestInit}[]} */
  const requests = [];
  const client = answering(new Response(null, { status: 204 }), (request) => requests.push(request));
  client.show('secret');
  await client.end('a/b', 'why');
  assert.equal(requests[0]?.url, 'http://localhost/parley/api/admin/conversations/a%2Fb/end');
  assert.equal(requests[0]?.init.body, '{"reason":"why"}');
  const headers = /** @type {Record<string, string>} */ (requests[0]?.init.headers);
  assert.equal(headers['Content-Type'], 'application/json');
  assert.equal(headers.Authorization, 'Bearer secret');
});

test('a refusal carries the sentence of the server', async () => {
  const client = answering(new Response('{"detail":"Not you."}', { status: 401 }));
  const failure = await client.overview().then(() => null, (/** @type {unknown} */ thrown) => thrown);
  assert(failure instanceof Refusal);
  assert.equal(failure.status, 401);
  assert.equal(failure.message, 'Not you.');
});

test('steps of a diagnosis are told as they come, wherever the pieces are cut', async () => {
  const lines = '{"name":"dns","title":"Name","verdict":"passed","millis":3,"words":""}\n{"verdict":"passed","millis":9}\n';
  const body = new ReadableStream({
    start(controller) {
      for (const piece of [lines.slice(0, 20), lines.slice(20, 75), lines.slice(75)]) {
        controller.enqueue(new TextEncoder().encode(piece));
      }
      controller.close();
    },
  });
  /** @type {string[]} */
  const told = [];
  const verdict = await answering(new Response(body)).diagnose('text', (step) => told.push(step.name));
  assert.deepEqual(told, ['dns']);
  assert.equal(verdict, 'passed');
});
