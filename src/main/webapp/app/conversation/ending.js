// Puts into words how a conversation ended: what happened, what was kept, what to do; pure.

import { CONNECTION_LOST, CONNECTION_REFUSED, FAILURE_KINDS, failureOf } from '../transport/failure-kind.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Notice} Notice */

/**
 * The notice after the connection closed.
 * @param {State} state before
 * @param {{code: number, reason: string, everOpen: boolean}} end as the browser tells it
 * @returns {Notice | null} null when it ended as asked
 */
export function endingNotice(state, end) {
  const gaveUp = state.phase === 'finishing' && !end.everOpen;
  if (end.code === FAILURE_KINDS.NORMAL.closeCode || gaveUp) {
    return null;
  }
  const row = failureOf(end.code) ?? (end.everOpen ? CONNECTION_LOST : CONNECTION_REFUSED);
  const said = failureOf(end.code) ? state.lastError?.message || end.reason : '';
  const kept = state.entries.some((entry) => entry.kind === 'speech') ? 'Everything said so far stays on this page. ' : '';
  return {
    tone: end.code === FAILURE_KINDS.TIME_LIMIT.closeCode ? 'note' : 'error',
    happened: row.happened,
    // The server's own sentence knows more than the table, unless it only repeats it.
    advice: kept + (said && said !== row.happened ? `${asSentence(said)} ` : '') + row.advice,
    steps: [],
    retry: row.retryable || (failureOf(end.code) !== null && state.lastError?.retryable === true),
  };
}

/**
 * The notice for a fault after which the conversation goes on.
 * @param {{message: string}} error
 * @returns {Notice}
 */
export function passingNotice(error) {
  return {
    tone: 'error',
    happened: asSentence(error.message || 'The server reported a fault'),
    advice: 'The conversation goes on.',
    steps: [],
    retry: false,
  };
}

function asSentence(/** @type {string} */ text) {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
