// The one state object of the page and every event that may change it.

import { SAME_MILLIS } from '../../audio/playback/heard-ledger.js';
import { SHOWING_NOTHING } from './showing.js';

/** @typedef {import('./settings.js').Settings} Settings */

/** @typedef {import('../../shared/notice.js').Notice} Notice */

/**
 * A piece of text as it arrived. `at` is the position in the model's audio at which it arrived, in ms; null for what is
 * not spoken.
 * @typedef {{text: string, at: number | null}} Piece
 */

/**
 * One voice's part of one turn.
 * @typedef {object} Speech
 * @property {'speech'} kind
 * @property {string} id
 * @property {'person' | 'model'} voice
 * @property {number} session which conversation of this page
 * @property {number | null} turn null for typed text
 * @property {Piece[]} pieces
 * @property {boolean} complete
 * @property {number | null} cutAt position at which the person cut in; null when nobody did
 * @property {boolean} [broken] whether it ended before it was complete, without anyone cutting in
 * @property {import('../../transport/messages.js').Source[]} [sources] pages that it stands on
 * @property {string} [suggestions] HTML of Google's search suggestions, as Google sent it
 */

/**
 * A quiet line between turns.
 * @typedef {{kind: 'line', id: string, session: number, text: string}} Line
 */

/**
 * What the model does beside talking; while asking, the person decides.
 * @typedef {object} Call
 * @property {'call'} kind
 * @property {string} id
 * @property {number} session
 * @property {number} number as the server counts calls
 * @property {string} title
 * @property {import('../../transport/messages.js').ToolState} state
 * @property {string} arguments in words, while asking
 */

/** @typedef {Speech | Line | Call} Entry */

/**
 * idle: nothing yet · asking: for the microphone · connecting · waiting: in line for a slot · live · finishing: stop was
 * sent, the answer may still come · ended.
 * @typedef {'idle' | 'asking' | 'connecting' | 'waiting' | 'live' | 'finishing' | 'ended'} Phase
 */

/**
 * @typedef {object} State
 * @property {Phase} phase
 * @property {number} session counts the conversations of this page
 * @property {number} place in the waiting line, 1 is next
 * @property {{open: boolean, muted: boolean, held: boolean, devices: import('../../audio/capture/microphone.js').Device[], label: string, id: string}} microphone
 * @property {boolean} hearing the server says the person is speaking
 * @property {boolean} playing the model's voice is coming out of the loudspeaker
 * @property {boolean} unsteady the network takes less than is said
 * @property {boolean} answerless Gemini takes what is said and answers with nothing at all
 * @property {boolean} reconnecting
 * @property {boolean} offline the connection to the server is lost and being made again
 * @property {import('./returning.js').Returning} returning what a conversation that outlived its page waits for
 * @property {{endsAt: number, totalMillis: number} | null} time
 * @property {number} now milliseconds, moved by ticks
 * @property {boolean} simulated
 * @property {Entry[]} entries
 * @property {import('./captions.js').Spans} spans when what the person said was said
 * @property {string} preview what the person seems to be saying
 * @property {import('./showing.js').Showing} showing
 * @property {number | null} turn turn that is going on, as the server counts them
 * @property {number} heardMillis position of what reached the loudspeaker
 * @property {number} receivedMillis position of the newest model audio
 * @property {{microphone: Notice | null, conversation: Notice | null}} notices
 * @property {{code: number, reason: string, retryable: boolean, gone?: boolean} | null} toldEnd how this conversation ended, in the server's words; gone: it was not there any more
 * @property {Settings} settings as chosen now
 * @property {Settings} agreed as they were when this conversation began; the same as `settings` while there is none
 * @property {{answerMillis: number | null, model: string, bytesUp: number, bytesDown: number}} figures
 */

/**
 * @typedef {{type: 'started', withMicrophone: boolean}
 *   | {type: 'abandoned'}
 *   | {type: 'connecting'}
 *   | {type: 'microphoneOpened', label: string, id: string, notice: Notice | null}
 *   | {type: 'microphoneClosed'}
 *   | {type: 'microphoneNotice', notice: Notice | null}
 *   | {type: 'devicesListed', devices: import('../../audio/capture/microphone.js').Device[]}
 *   | {type: 'muted', muted: boolean}
 *   | {type: 'held', held: boolean}
 *   | {type: 'typed', text: string}
 *   | {type: 'showing', change: import('./showing.js').Change}
 *   | {type: 'stopping'}
 *   | {type: 'server', message: import('../../transport/messages.js').ServerMessage, at: number}
 *   | {type: 'audioReceived', millis: number}
 *   | {type: 'played', playback: import('../../audio/playback/player.js').Playback}
 *   | {type: 'cut', playback: import('../../audio/playback/player.js').Playback}
 *   | {type: 'answered', millis: number}
 *   | {type: 'steadiness', unsteady: boolean}
 *   | {type: 'lost'}
 *   | {type: 'returned', memento: import('./returning.js').Memento, elsewhere: boolean, at: number}
 *   | {type: 'pressWanted', returning: 'sound' | 'microphone'}
 *   | {type: 'pressed'}
 *   | {type: 'taken'}
 *   | {type: 'closed', code: number, reason: string, everOpen: boolean}
 *   | {type: 'settingsChanged', settings: Settings}
 *   | {type: 'noticeDismissed', place: 'microphone' | 'conversation'}
 *   | {type: 'tick', at: number, bytesUp: number, bytesDown: number}} Event
 */

/** @typedef {import('../../shared/store.js').Store<State, Event>} ConversationStore */

/**
 * The state of a page just opened.
 * @returns {State}
 */
export function initialState(/** @type {Settings} */ settings) {
  return {
    phase: 'idle',
    session: 0,
    place: 0,
    microphone: { open: false, muted: false, held: false, devices: [], label: '', id: '' },
    hearing: false,
    playing: false,
    unsteady: false,
    answerless: false,
    reconnecting: false,
    offline: false,
    returning: '',
    time: null,
    now: 0,
    simulated: false,
    entries: [],
    spans: {},
    preview: '',
    showing: SHOWING_NOTHING,
    turn: null,
    heardMillis: 0,
    receivedMillis: 0,
    notices: { microphone: null, conversation: null },
    toldEnd: null,
    settings,
    agreed: settings,
    figures: { answerMillis: null, model: '', bytesUp: 0, bytesDown: 0 },
  };
}

/** Whether the person has allowed a microphone before: only then browsers tell their names. */
export function isAllowed(/** @type {State} */ state) {
  return state.microphone.devices.some((device) => device.label !== '');
}

/** Whether a connection exists or is being made. */
export function isConnected(/** @type {State} */ state) {
  return ['connecting', 'waiting', 'live', 'finishing'].includes(state.phase);
}

/** Whether answers are read and not heard. */
export function isRead(/** @type {State} */ state) {
  return state.agreed.answers === 'text';
}

/** Whether pressing Start makes sense. */
export function isAtRest(/** @type {State} */ state) {
  return state.phase === 'idle' || state.phase === 'ended';
}

/** Whether the person listens to an answer that is not to be cut: their loudspeaker would be heard as their voice. */
function isListening(/** @type {State} */ state) {
  return state.agreed.turnTaking === 'whole' && (state.playing || state.heardMillis + SAME_MILLIS < state.receivedMillis);
}

/** Whether the microphone's sound goes to the server now. From before `ready`, as the server keeps the first words. */
export function sendsAudio(/** @type {State} */ state) {
  const { open, muted, held } = state.microphone;
  const mayTalk = state.agreed.turnTaking === 'manual' ? held : !muted && !isListening(state);
  return open && mayTalk && (state.phase === 'connecting' || state.phase === 'live');
}
