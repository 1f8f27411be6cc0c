// Puts into words how a conversation ended: what happened, what was kept, what to do; pure.

import { asSentence, quietNotice } from '../../shared/notice.js';
import { CONNECTION_LOST, CONNECTION_REFUSED, CONVERSATION_GONE, ENDED_OTHERWISE, FAILURE_KINDS, failureOf } from '../../transport/failure-kind.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('../../shared/notice.js').Notice} Notice */

/**
 * The notice after the connection closed.
 * @param {State} state before
 * @param {{code: number, reason: string, everOpen: boolean}} end as the browser tells it, with a reason of at most 123
 *     bytes; what the server told before it closed counts more
 * @returns {Notice | null} null when it ended as asked
 */
export function endingNotice(state, end) {
  const told = state.toldEnd;
  const code = told?.code ?? end.code;
  const normal = code === FAILURE_KINDS.NORMAL.closeCode;
  const gaveUp = state.phase === 'finishing' && !end.everOpen;
  if (normal && told?.reason && state.phase === 'live') {
    return quietNotice(asSentence(told.reason), 'Everything said so far stays on this page.'); // nobody here asked for it
  }
  if (normal || gaveUp) {
    return null;
  }
  const known = failureOf(code);
  const row = told?.gone ? CONVERSATION_GONE : known ?? unknownEnd(told !== null, end.everOpen);
  const said = told?.reason || (known ? end.reason : '');
  const kept = state.entries.some((entry) => entry.kind === 'speech') ? 'Everything said so far stays on this page. ' : '';
  return {
    tone: code === FAILURE_KINDS.TIME_LIMIT.closeCode ? 'note' : 'error',
    happened: row.happened,
    // The server's own sentence knows more than the table, unless it only repeats it.
    advice: kept + (said && said !== row.happened ? `${asSentence(said)} ` : '') + row.advice,
    steps: [],
    retry: told?.retryable ?? row.retryable,
  };
}

function unknownEnd(/** @type {boolean} */ told, /** @type {boolean} */ everOpen) {
  return told ? ENDED_OTHERWISE : everOpen ? CONNECTION_LOST : CONNECTION_REFUSED;
}

/**
 * The notice for a fault after which the conversation goes on, hence a quiet one.
 * @param {{message: string}} error
 * @returns {Notice}
 */
export function passingNotice(error) {
  return quietNotice(asSentence(error.message || 'The server reported a fault'), 'The conversation goes on.');
}
