// Talks with /api/admin: asks for everything, changes something, follows a diagnosis.

import { members, number, parseMembers, text } from '../transport/members.js';

/** @typedef {import('../transport/members.js').Members} Members */

/**
 * @typedef {{id: string, caller: string, model: string, key: string, state: string, why: string, ageSeconds: number,
 *     inStateSeconds: number, turns: number, handOvers: number, tokens: number, latenciesMillis: number[]}} Talk
 * @typedef {{at: string, conversation: string, caller: string, model: string, key: string, kind: string, fault: string,
 *     words: string, afterSeconds: number}} Failure
 * @typedef {{name: string, health: string, why: string, seenAt: string, until: string, conversations: number,
 *     tokensLastMinute: number}} Key
 * @typedef {{draining: boolean, byOperator: boolean, endsInSeconds: number, conversations: number}} Drain
 * @typedef {{name: string, title: string, verdict: string, millis: number, words: string}} Step
 * @typedef {{diagnosis: string, at: string, verdict: string, millis: number, steps: Step[]}} Report
 * @typedef {Record<string, number>} Limits
 * @typedef {{simulated: boolean, drain: Drain, conversations: Talk[], waiting: Talk[], failures: Failure[], keys: Key[],
 *     limits: Limits, limitsChanged: boolean, diagnosis: Report | null}} Overview
 */

/** The server says no, with its status and its sentence; status 0: nobody answers. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} words
   */
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

export class DeskClient {
  #base;
  #token = '';

  /** Of the server that a page came from, whatever its context path. */
  constructor(/** @type {string} */ baseUri) {
    this.#base = new URL('api/admin', baseUri);
  }

  /** Shows this with every request from now on. */
  show(/** @type {string} */ token) {
    this.#token = token;
  }

  /** Whether something is shown. */
  get shown() {
    return this.#token !== '';
  }

  /** @returns {Promise<Overview>} */
  async overview() {
    return readOverview(parseMembers(await (await this.#send('GET', '')).text()));
  }

  async end(/** @type {string} */ id, /** @type {string} */ reason) {
    await this.#send('POST', `/conversations/${encodeURIComponent(id)}/end`, { reason });
  }

  async limit(/** @type {Limits} */ changes) {
    await this.#send('PATCH', '/limits', changes);
  }

  async drain(/** @type {boolean} */ on) {
    await this.#send('POST', on ? '/drain' : '/undrain', {});
  }

  async cancelDiagnosis() {
    await this.#send('DELETE', '/diagnostics', {});
  }

  /**
   * Makes a diagnosis; resolves when it is over.
   * @param {string} diagnosis
   * @param {(step: Step) => void} listener
   * @returns {Promise<string>} the verdict
   */
  async diagnose(diagnosis, listener) {
    const response = await this.#send('POST', `/diagnostics/${diagnosis}`, {}, 'application/x-ndjson');
    const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    let verdict = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (rest + piece.value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.map(parseMembers)) {
        if (line.name === undefined) {
          verdict = text(line.verdict) || text(line.detail);
        } else {
          listener(readStep(line));
        }
      }
    }
    return verdict;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {string} [accept]
   */
  async #send(method, path, body, accept = 'application/json') {
    /** @type {Record<string, string>} */
    const headers = { Accept: accept };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    if (this.#token) {
      headers.Authorization = `Bearer ${this.#token}`;
    }
    const init = { method, headers, cache: /** @type {const} */ ('no-store'), ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(this.#base.href + path, init).catch(() => {
      throw new Refusal(0, 'The server does not answer. It may be stopped, or the network is.');
    });
    if (!response.ok) {
      const problem = parseMembers(await response.text().catch(() => ''));
      throw new Refusal(response.status, text(problem.detail) || `The server refuses this (HTTP ${response.status}).`);
    }
    return response;
  }
}

/** @returns {Overview} whatever is missing is empty */
export function readOverview(/** @type {Members} */ json) {
  const drain = members(json.drain);
  const limits = members(json.limits);
  const [diagnosis] = list(json.diagnoses);
  return {
    simulated: json.simulated === true,
    drain: {
      draining: drain.draining === true,
      byOperator: drain.byOperator === true,
      endsInSeconds: number(drain.endsInSeconds),
      conversations: number(drain.conversations),
    },
    conversations: list(json.conversations).map(readTalk),
    waiting: list(json.waiting).map(readTalk),
    failures: list(json.failures).map((one) => ({
      at: text(one.at),
      conversation: text(one.conversation),
      caller: text(one.caller),
      model: text(one.model),
      key: text(one.key),
      kind: text(one.kind),
      fault: text(one.fault),
      words: text(one.words),
      afterSeconds: number(one.afterSeconds),
    })),
    keys: list(json.keys).map((one) => ({
      name: text(one.name),
      health: text(one.health),
      why: text(one.why),
      seenAt: text(one.seenAt),
      until: text(one.until),
      conversations: number(one.conversations),
      tokensLastMinute: number(one.tokensLastMinute),
    })),
    limits: Object.fromEntries(
      Object.entries(limits).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
    ),
    limitsChanged: limits.changed === true,
    diagnosis: diagnosis
      ? {
          diagnosis: text(diagnosis.diagnosis),
          at: text(diagnosis.at),
          verdict: text(diagnosis.verdict),
          millis: number(diagnosis.millis),
          steps: list(diagnosis.steps).map(readStep),
        }
      : null,
  };
}

/** @returns {Talk} */
function readTalk(/** @type {Members} */ one) {
  return {
    id: text(one.id),
    caller: text(one.caller),
    model: text(one.model),
    key: text(one.key),
    state: text(one.state),
    why: text(one.why),
    ageSeconds: number(one.ageSeconds),
    inStateSeconds: number(one.inStateSeconds),
    turns: number(one.turns),
    handOvers: number(one.handOvers),
    tokens: number(one.tokens),
    latenciesMillis: Array.isArray(one.latenciesMillis) ? one.latenciesMillis.map(number) : [],
  };
}

/** @returns {Step} */
function readStep(/** @type {Members} */ one) {
  return {
    name: text(one.name),
    title: text(one.title),
    verdict: text(one.verdict),
    millis: number(one.millis),
    words: text(one.words),
  };
}

/** @returns {Members[]} */
function list(/** @type {unknown} */ value) {
  return Array.isArray(value) ? value.map(members) : [];
}
