import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchModelList, readModelList } from '../../../main/webapp/app/transport/batch/model-list.js';
import { BROKEN_OFF, NOT_PARLEY, Submission, submissionUrl, UNREACHABLE } from '../../../main/webapp/app/transport/batch/submission.js';

/** A browser's XMLHttpRequest as far as Submission uses it. */
class FakeRequest {
  status = 0;
  responseText = '';
  contentType = 'text/event-stream;charset=UTF-8';
  aborted = false;
  /** @type {unknown} */
  sent = null;
  /** @type {unknown[]} */
  opened = [];
  /** @type {Record<string, string>} */
  headers = {};
  upload = { onprogress: (/** @type {{loaded: number, total: number}} */ _event) => undefined, onload: () => undefined };
  onprogress = () => undefined;
  onload = () => undefined;
  onerror = () => undefined;
  open(/** @type {unknown[]} */ ...how) {
    this.opened = how.map(String);
  }
  setRequestHeader(/** @type {string} */ name, /** @type {string} */ value) {
    this.headers[name] = value;
  }
  getResponseHeader() {
    return this.status === 0 ? null : this.contentType;
  }
  send(/** @type {unknown} */ body) {
    this.sent = body;
  }
  abort() {
    this.aborted = true;
  }
  answer(/** @type {string} */ text) {
    this.status = this.status || 200;
    this.responseText += text;
    this.onprogress();
  }
}

function submitted(given = {}) {
  const fake = new FakeRequest();
  /** @type {unknown[]} */
  const told = [];
  const recording = { file: new Blob(['abc'], { type: 'audio/webm' }), name: 'a.webm', model: 'm', prompt: 'p', language: '', ...given };
  const submission = new Submission(
    new URL('http://127.0.0.1/audio-stream'),
    recording,
    { uploaded: (sent, total) => told.push([sent, total]), event: (event) => told.push(event.type === 'error' ? event.problem.code || event.problem.title : event.type) },
    () => /** @type {XMLHttpRequest} */ (/** @type {unknown} */ (fake)),
  );
  return { fake, told, submission };
}

test('the fields go before the file, and empty ones stay at home', () => {
  const { fake } = submitted();
  assert.deepEqual(fake.opened, ['POST', 'http://127.0.0.1/audio-stream']);
  assert.equal(fake.headers.Accept, 'text/event-stream');
  const body = [.../** @type {FormData} */ (fake.sent)].map(([name, value]) => [name, typeof value === 'string' ? value : `${value.name} ${value.type} ${value.size}`]);
  assert.deepEqual(body, [['model', 'm'], ['prompt', 'p'], ['file', 'a.webm audio/webm 3']]);
});

test('recordings go beside the page, whatever the context path', () => {
  assert.equal(submissionUrl('http://127.0.0.1:8080/#recording').href, 'http://127.0.0.1:8080/audio-stream');
  assert.equal(submissionUrl('https://example.org/voice/index.html').href, 'https://example.org/voice/audio-stream');
});

test('the answer is told as it comes, and nothing after its end', () => {
  const { fake, told } = submitted();
  fake.upload.onprogress({ loaded: 1, total: 3 });
  fake.answer('event: progress\ndata: {"stage":"asking"}\n\nevent: te');
  fake.answer('xt\ndata: {"text":"a"}\n\n: still here\n\n');
  fake.responseText += 'event: done\ndata: {}\n\nevent: text\ndata: {"text":"late"}\n\n';
  fake.onload();
  fake.onerror();
  assert.deepEqual(told, [[1, 3], 'progress', 'text', 'done']);
});

test('every way to fail is told once', () => {
  const broken = submitted();
  broken.fake.answer('event: text\ndata: {"text":"a"}\n\n');
  broken.fake.onload();
  assert.deepEqual(broken.told, ['text', BROKEN_OFF]);

  const unreachable = submitted();
  unreachable.fake.onerror();
  assert.deepEqual(unreachable.told, [UNREACHABLE]);

  const lost = submitted();
  lost.fake.upload.onload();
  lost.fake.onerror();
  lost.fake.onload();
  assert.deepEqual(lost.told, [BROKEN_OFF]);

  const refused = submitted();
  Object.assign(refused.fake, { status: 413, contentType: 'application/problem+json', responseText: '{"title":"Too large","status":413}' });
  refused.fake.onprogress();
  refused.fake.onload();
  assert.deepEqual(refused.told, ['Too large']);

  const elsewhere = submitted();
  Object.assign(elsewhere.fake, { status: 200, contentType: 'text/html', responseText: '<html>' });
  elsewhere.fake.onload();
  assert.deepEqual(elsewhere.told, [NOT_PARLEY]);
});

test('after cancelling nothing is told', () => {
  const { fake, told, submission } = submitted();
  submission.cancel();
  assert.equal(fake.aborted, true);
  fake.upload.onprogress({ loaded: 1, total: 3 });
  fake.answer('event: text\ndata: {"text":"a"}\n\n');
  fake.onload();
  fake.onerror();
  assert.deepEqual(told, []);
});

test('the list of models is read as far as it makes sense', () => {
  const model = { name: 'm', title: 'M', kind: 'transcription', description: 'd' };
  assert.deepEqual(readModelList({ batch: [model, { name: 'n', kind: 'odd' }, { title: 'no name' }, null], defaultBatch: 'm', simulated: true, live: [] }), {
    batch: [model, { name: 'n', title: 'n', kind: 'understanding', description: '' }],
    defaultBatch: 'm',
    simulated: true,
    offer: null,
  });
  assert.deepEqual(readModelList('no'), { batch: [], defaultBatch: '', simulated: false, offer: null });
  const conversation = { voices: ['Kore', 7, null], languages: 'all', systemInstruction: false, search: 'never' };
  assert.deepEqual(readModelList({ live: [{ name: 'l' }, {}], conversation }).offer, {
    models: [{ name: 'l', title: 'l' }],
    voices: ['Kore', '7'],
    languages: [],
    instruction: false,
    search: false,
  });
});

test('a server that does not give its list is told', async () => {
  /** @type {string[]} */
  const asked = [];
  const answering = (/** @type {Response} */ response) => async (/** @type {unknown} */ url) => {
    asked.push(String(url));
    return response;
  };
  const list = await fetchModelList('http://127.0.0.1/voice/', answering(Response.json({ defaultBatch: 'm' })));
  assert.equal(list.defaultBatch, 'm');
  assert.deepEqual(asked, ['http://127.0.0.1/voice/api/models']);
  const failure = await fetchModelList('http://127.0.0.1/', answering(new Response('', { status: 404 }))).catch((error) => error.message);
  assert.equal(failure, 'The list of models came with status 404');
});
