// Puts what the server knows into words for an operator; pure.

/** @typedef {import('./desk-client.js').Overview} Overview */

/** @type {Record<string, {words: string, tone: string}>} */
const STATES = {
  NEW: { words: 'connected', tone: 'rest' },
  WAITING: { words: 'waiting', tone: 'warn' },
  CONNECTING: { words: 'connecting', tone: 'warn' },
  READY: { words: 'talking', tone: 'good' },
  RESUMING: { words: 'reconnecting', tone: 'warn' },
  DRAINING: { words: 'finishing', tone: 'rest' },
};

/** @type {Record<string, {words: string, tone: string}>} */
const HEALTH = {
  ok: { words: 'well', tone: 'good' },
  refused: { words: 'refused', tone: 'error' },
  quota: { words: 'spent', tone: 'warn' },
  unused: { words: 'not used yet', tone: 'rest' },
};

/** @type {Record<string, string>} */
const FAULTS = {
  OPERATOR: 'yours to settle',
  UPSTREAM: 'Gemini or the network',
  PARLEY: 'a fault of Parley',
  CALLER: 'the caller’s side',
  NOBODY: 'no room',
};

/** A state as a mark. */
export function stateOf(/** @type {string} */ state) {
  return STATES[state] ?? { words: state.toLowerCase(), tone: 'rest' };
}

/** A key's health as a mark. */
export function healthOf(/** @type {string} */ health) {
  return HEALTH[health] ?? { words: health, tone: 'rest' };
}

/** Who has to act. */
export function faultOf(/** @type {string} */ fault) {
  return FAULTS[fault] ?? fault.toLowerCase();
}

/** A length of time, short: `7 s`, `2 min 05 s`, `3 h 10 min`. */
export function lasting(/** @type {number} */ seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  if (whole < 60) {
    return `${whole} s`;
  }
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
    : `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** A number with narrow spaces between its thousands, as no language misreads it. */
export function grouped(/** @type {number} */ value) {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** The time of day of an ISO moment, here; empty when it is none. */
export function clockTime(/** @type {string} */ moment) {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** One of something, or many. */
export function counted(/** @type {number} */ count, /** @type {string} */ one, /** @type {string} */ many) {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * The node in a few words.
 * @param {Overview} overview
 */
export function nodeStatus({ drain, conversations, waiting, simulated }) {
  if (drain.draining) {
    const left =
      drain.conversations === 0
        ? 'empty'
        : `${counted(drain.conversations, 'conversation', 'conversations')}, ${drain.endsInSeconds > 0 ? `ended in ${lasting(drain.endsInSeconds)}` : 'being ended'}`;
    return { tone: 'warn', words: `${drain.byOperator ? 'Drained' : 'Stopping'}: nobody gets in; ${left}` };
  }
  const talking = counted(conversations.length, 'conversation', 'conversations');
  const line = waiting.length > 0 ? `, ${waiting.length} waiting` : '';
  return { tone: 'good', words: `Open: ${talking}${line}${simulated ? '; the simulator answers' : ''}` };
}
