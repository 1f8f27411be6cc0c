// Tells stories of a conversation: events and messages in their order, for the tests of its state.

import { reduce } from '../../../main/webapp/app/conversation/state/reducer.js';
import { defaultSettings } from '../../../main/webapp/app/conversation/state/settings.js';
import { initialState } from '../../../main/webapp/app/conversation/state/state.js';
import { callLine } from '../../../main/webapp/app/conversation/state/transcript.js';

/** @typedef {import('../../../main/webapp/app/conversation/state/state.js').Event} Event */
/** @typedef {import('../../../main/webapp/app/conversation/state/state.js').State} State */
/** @typedef {import('../../../main/webapp/app/transport/messages.js').ServerMessage} ServerMessage */

export const READY = /** @type {const} */ ({ type: 'ready', conversation: 'c', model: 'm', outputMimeType: '', endsInSeconds: 900, simulated: true, resume: 'c.s', resumed: false, received: 0, pictures: true, picturesForSeconds: 0 });

/**
 * The state of a new page after these events and messages.
 * @returns {State}
 */
export function after(/** @type {(Event | ServerMessage)[]} */ ...events) {
  return events.reduce(
    (state, event) => reduce(state, isEvent(event) ? event : { type: 'server', message: event, at: 1000 }),
    initialState(defaultSettings(false)),
  );
}

/** @returns {event is Event} */
function isEvent(/** @type {Event | ServerMessage} */ event) {
  const own = ['started', 'abandoned', 'connecting', 'microphoneOpened', 'microphoneClosed', 'microphoneNotice', 'devicesListed', 'muted', 'held'];
  const more = ['typed', 'stopping', 'server', 'audioReceived', 'played', 'cut', 'answered', 'steadiness', 'lost', 'closed', 'settingsChanged', 'tick', 'showing'];
  return [...own, ...more].includes(event.type);
}

/** @type {Event[]} */
export const CALLING = [
  { type: 'started', withMicrophone: true },
  { type: 'microphoneOpened', label: 'Desk', id: 'd', notice: null },
  { type: 'connecting' },
];
export const TALKING = [...CALLING, READY];

export function played(/** @type {number} */ heardMillis, playing = true) {
  return /** @type {const} */ ({ type: 'played', playback: { playing, heardMillis, receivedMillis: 0 } });
}

export function texts(/** @type {State} */ state) {
  return state.entries.map((entry) =>
    entry.kind === 'speech' ? `${entry.voice}: ${entry.pieces.map((piece) => piece.text).join('')}` : `- ${entry.kind === 'line' ? entry.text : callLine(entry)}`,
  );
}
