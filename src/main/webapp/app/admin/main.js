// Wires the operator's page: asks the server every two seconds while somebody looks, and draws what it says.

import { byId, say } from '../view/element.js';
import { DeskClient, Refusal } from './desk-client.js';
import { ask } from './view/ask-view.js';
import { diagnosticsView } from './view/diagnostics-view.js';
import { limitsView } from './view/limits-view.js';
import { tablesView } from './view/tables-view.js';
import { talksView, whoIs } from './view/talks-view.js';
import { counted, nodeStatus } from './words.js';

/** @typedef {import('./desk-client.js').Overview} Overview */
/** @typedef {import('./desk-client.js').Report} Report */

const PAUSE_MILLIS = 2000;
const TOKEN = 'parley-operator-token';

const client = new DeskClient(document.baseURI);
client.show(sessionStorage.getItem(TOKEN) ?? '');

/** @type {Overview | null} */
let overview = null;
/** The diagnosis that was asked for here, whose steps come faster than the overview. @type {Report | null} */
let own = null;
let refusal = '';

const notice = byId('notice', HTMLElement);
const drainButton = byId('drain', HTMLButtonElement);
const signIn = byId('sign-in', HTMLFormElement);
const token = byId('token', HTMLInputElement);
const talks = talksView({ end: (talk) => void end(talk.id, whoIs(talk)) });
const tables = tablesView();
const limits = limitsView({ change: (changes) => client.limit(changes).then(look) });
const diagnostics = diagnosticsView({
  diagnose: (diagnosis) => void diagnose(diagnosis),
  cancel: () => client.cancelDiagnosis().catch(complain),
});

function draw() {
  if (overview) {
    const status = nodeStatus(overview);
    byId('status', HTMLElement).dataset.tone = status.tone;
    say(byId('status-words', HTMLElement), status.words);
    say(byId('announcement', HTMLElement), overview.drain.draining ? 'This node is drained.' : `${counted(overview.conversations.length, 'conversation', 'conversations')}, ${overview.waiting.length} waiting`);
    drainButton.disabled = overview.drain.draining && !overview.drain.byOperator;
    say(drainButton, overview.drain.byOperator ? 'Let people in again' : 'Drain this node');
    talks(overview);
    tables(overview);
    limits(overview);
  }
  diagnostics(own ?? overview?.diagnosis ?? null, refusal);
}

/** Asks for everything, and draws it. */
async function look() {
  try {
    overview = await client.overview();
    notice.hidden = true;
    signIn.hidden = true;
    byId('cards', HTMLElement).hidden = false;
    draw();
  } catch (failure) {
    stumble(failure);
  }
}

function stumble(/** @type {unknown} */ failure) {
  if (!(failure instanceof Refusal)) {
    throw failure;
  }
  const barred = failure.status === 401 || failure.status === 403;
  byId('status', HTMLElement).dataset.tone = barred ? 'warn' : 'error';
  say(byId('status-words', HTMLElement), barred ? 'Not let in' : 'The server does not answer');
  drainButton.disabled = true;
  if (barred) {
    if (signIn.hidden) {
      signIn.hidden = false;
      token.focus();
    }
    byId('cards', HTMLElement).hidden = true;
    notice.hidden = !client.shown;
    say(notice, client.shown ? 'The server does not take this token.' : '');
  } else {
    complain(failure);
  }
}

function complain(/** @type {unknown} */ failure) {
  if (!(failure instanceof Error)) {
    throw failure;
  }
  notice.hidden = false;
  say(notice, failure.message);
}

async function end(/** @type {string} */ id, /** @type {string} */ who) {
  const reason = await ask({
    title: `End the conversation of ${who}?`,
    words: 'It ends at once, and cannot be gone on with.',
    yes: 'End it',
    reason: true,
  });
  if (reason !== null) {
    await client.end(id, reason).then(look, complain);
  }
}

drainButton.onclick = async () => {
  if (overview?.drain.byOperator) {
    await client.drain(false).then(look, complain);
    return;
  }
  const running = overview?.conversations.length ?? 0;
  const sure = await ask({
    title: 'Drain this node?',
    words: `Nobody gets in until you call it off. ${running === 0 ? 'Nobody talks now.' : `Those who talk (${running}) are told, and are ended after the time in parley.operations.drain-time.`}`,
    yes: 'Drain it',
    reason: false,
  });
  if (sure !== null) {
    await client.drain(true).then(look, complain);
  }
};

async function diagnose(/** @type {string} */ diagnosis) {
  /** @type {Report} */
  const report = { diagnosis, at: '', verdict: 'running', millis: 0, steps: [] };
  own = report;
  refusal = '';
  draw();
  try {
    const begun = performance.now();
    report.verdict = await client.diagnose(diagnosis, (step) => {
      report.steps = [...report.steps, step];
      draw();
    });
    report.millis = performance.now() - begun;
  } catch (failure) {
    own = null;
    refusal = failure instanceof Error ? failure.message : '';
  }
  draw();
  own = null;
  await look();
}

signIn.onsubmit = (/** @type {Event} */ event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN, token.value);
  client.show(token.value);
  void look();
};

async function keepLooking() {
  for (;;) {
    if (document.visibilityState === 'visible') {
      await look();
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
  }
}
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void look());
void keepLooking();
