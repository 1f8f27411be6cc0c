// Draws the keys and what went wrong lately.

import { byId, make } from '../../view/element.js';
import { clockTime, counted, faultOf, grouped, healthOf, lasting } from '../words.js';
import { facts, mark, rows } from './rows.js';

/** @typedef {import('../desk-client.js').Key} Key */
/** @typedef {import('../desk-client.js').Failure} Failure */

export function tablesView() {
  const keys = rows(byId('keys', HTMLElement), (/** @type {Key} */ key) => key.name, drawKey);
  const failures = rows(
    byId('failures', HTMLElement),
    (/** @type {Failure} */ failure) => `${failure.at} ${failure.conversation}`,
    drawFailure,
  );
  return (/** @type {{keys: Key[], failures: Failure[]}} */ overview) => {
    keys(overview.keys);
    failures(overview.failures);
    byId('failures-none', HTMLElement).hidden = overview.failures.length > 0;
  };
}

function drawKey(/** @type {HTMLElement} */ row, /** @type {Key} */ key) {
  const line = make('p', { className: 'line' });
  line.append(make('span', { className: 'who', text: key.name }), mark(healthOf(key.health)));
  row.replaceChildren(
    line,
    facts(
      counted(key.conversations, 'conversation', 'conversations'),
      `${grouped(key.tokensLastMinute)} tokens in the last minute`,
      key.until && `again from ${clockTime(key.until)}`,
    ),
    ...(key.why ? [make('p', { className: 'hint', text: key.why })] : []),
  );
}

function drawFailure(/** @type {HTMLElement} */ row, /** @type {Failure} */ failure) {
  const line = make('p', { className: 'line' });
  const time = make('time', { className: 'quiet', text: clockTime(failure.at) });
  time.dateTime = failure.at;
  line.append(time, make('span', { text: failure.words }));
  row.replaceChildren(
    line,
    facts(
      faultOf(failure.fault),
      failure.caller,
      failure.key && `key ${failure.key}`,
      `after ${lasting(failure.afterSeconds)}`,
      failure.conversation,
    ),
  );
}
