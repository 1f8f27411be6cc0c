// Puts into words how a conversation ended: what happened, what was kept, what to do; pure.

import { asSentence, quietNotice } from '../../shared/notice.js';
import { CONNECTION_LOST, CONNECTION_REFUSED, ENDED_OTHERWISE, FAILURE_KINDS, failureOf } from '../../transport/failure-kind.js';

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
  const gaveUp = state.phase === 'finishing' && !end.everOpen;
  if (code === FAILURE_KINDS.NORMAL.closeCode || gaveUp) {
    return endedByOthers(state) ? quietNotice('This conversation was ended.', asSentence(state.toldEnd?.reason ?? '')) : null;
  }
  const known = failureOf(code);
  const row = known ?? unknownEnd(told !== null, end.everOpen);
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

/** Nobody here asked for the end, and the server says why it came. */
function endedByOthers(/** @type {State} */ state) {
  return state.phase === 'live' && Boolean(state.toldEnd?.reason);
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
