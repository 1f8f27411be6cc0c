// The only place where state changes: a state and an event give the next state; pure.

import { withBeginning, withEnd } from './captions.js';
import { endingNotice, passingNotice } from './ending.js';
import { atHand, awaitingPress, goingOn, returned, taken } from './returning.js';
import { show } from './showing.js';
import { isAtRest, isConnected, isRead } from './state.js';
import {
  withAnswerBroken,
  withAnswerComplete,
  withAnswerCut,
  withCall,
  withCallsOver,
  withHistory,
  withLine,
  withSources,
  withWords,
} from './transcript.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Event} Event */
/** @typedef {import('../../transport/messages.js').ServerMessage} ServerMessage */

/**
 * The next state; the same object when the event changes nothing.
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
  switch (event.type) {
    case 'started':
      return started(state, event.withMicrophone);
    case 'abandoned':
      return { ...state, phase: state.entries.length > 0 ? 'ended' : 'idle' };
    case 'connecting':
      return { ...state, phase: 'connecting' };
    case 'microphoneOpened': {
      const { label, id } = event;
      return notify(atHand({ ...state, microphone: { ...state.microphone, open: true, label, id } }), 'microphone', event.notice);
    }
    case 'microphoneClosed':
      return { ...state, hearing: false, microphone: { ...state.microphone, open: false, held: false } };
    case 'microphoneNotice': // whatever it says, pressing again would not help
      return notify(state.returning === 'microphone' ? atHand(state) : state, 'microphone', event.notice);
    case 'devicesListed':
      return { ...state, microphone: { ...state.microphone, devices: event.devices } };
    case 'muted':
      return { ...state, hearing: state.hearing && !event.muted, microphone: { ...state.microphone, muted: event.muted } };
    case 'held':
      return { ...state, microphone: { ...state.microphone, held: event.held } };
    case 'typed':
      return { ...state, entries: withWords(state, 'person', null, { text: event.text, at: null }) };
    case 'showing':
      return { ...state, showing: show(state.showing, event.change) };
    case 'stopping':
      return { ...atHand(state), phase: 'finishing', hearing: false, preview: '' };
    case 'server':
      return isConnected(state) ? served(state, event.message, event.at) : state;
    case 'audioReceived':
      return { ...state, receivedMillis: state.receivedMillis + event.millis };
    case 'played':
      return { ...state, playing: event.playback.playing, heardMillis: Math.max(state.heardMillis, event.playback.heardMillis) };
    case 'cut':
      return { ...state, playing: false, heardMillis: event.playback.receivedMillis };
    case 'answered':
      return { ...state, figures: { ...state.figures, answerMillis: event.millis } };
    case 'steadiness':
      return { ...state, unsteady: event.unsteady };
    case 'lost':
      return { ...state, offline: true, hearing: false, preview: '' };
    case 'returned':
      return returned(state, event.memento, event.elsewhere, event.at);
    case 'pressWanted':
      return isConnected(state) ? awaitingPress(state, event.returning) : state;
    case 'pressed':
      return atHand(state);
    case 'taken':
      return taken(closed(state, { code: 1000, reason: '', everOpen: true }));
    case 'closed':
      return closed(state, event);
    case 'settingsChanged':
      return { ...state, settings: event.settings, agreed: isAtRest(state) ? event.settings : state.agreed };
    case 'noticeDismissed':
      return notify(event.place === 'conversation' && state.returning === 'elsewhere' ? atHand(state) : state, event.place, null);
    case 'tick': {
      const { at, bytesUp, bytesDown } = event;
      return { ...state, now: at, figures: { ...state.figures, bytesUp, bytesDown } };
    }
  }
}

/** @returns {State} */
function notify(/** @type {State} */ state, /** @type {'microphone' | 'conversation'} */ place, /** @type {State['notices']['microphone']} */ notice) {
  return state.notices[place] === notice ? state : { ...state, notices: { ...state.notices, [place]: notice } };
}

/** @returns {State} */
function started(/** @type {State} */ state, /** @type {boolean} */ withMicrophone) {
  const again = state.entries.length > 0;
  /** @type {State} */
  const next = {
    ...state,
    phase: withMicrophone ? 'asking' : 'connecting',
    session: state.session + 1,
    place: 0,
    microphone: { ...state.microphone, open: false, muted: false },
    hearing: false,
    playing: false,
    unsteady: false,
    answerless: false,
    reconnecting: false,
    offline: false,
    returning: '',
    time: null,
    spans: {},
    preview: '',
    turn: null,
    heardMillis: 0,
    receivedMillis: 0,
    notices: { microphone: null, conversation: null },
    toldEnd: null,
    agreed: state.settings,
    figures: { answerMillis: null, model: '', bytesUp: 0, bytesDown: 0 },
  };
  // A start given up leaves no second line behind.
  const last = state.entries.at(-1);
  return again && !(last?.kind === 'line' && last.id.startsWith('begin'))
    ? { ...next, entries: withLine(next, `begin-${next.session}`, 'New conversation') }
    : next;
}

/** @returns {State} */
function closed(/** @type {State} */ before, /** @type {{code: number, reason: string, everOpen: boolean}} */ end) {
  const state = atHand(before);
  return {
    ...state,
    phase: 'ended',
    agreed: state.settings,
    time: null,
    hearing: false,
    unsteady: false,
    answerless: false,
    reconnecting: false,
    offline: false,
    preview: '',
    entries: withCallsOver({ ...state, entries: withAnswerBroken(state) }),
    microphone: { ...state.microphone, open: false, held: false },
    // What was said in passing goes: it says that the conversation goes on.
    notices: { ...state.notices, conversation: endingNotice(state, end) },
  };
}

/**
 * What the server said.
 * @param {State} state
 * @param {ServerMessage} message
 * @param {number} at milliseconds
 * @returns {State}
 */
function served(state, message, at) {
  switch (message.type) {
    case 'waiting':
      return state.phase === 'finishing' ? state : { ...state, phase: 'waiting', place: Math.max(1, message.position) };
    case 'ready':
      return ready(state, message, at);
    case 'history':
      return { ...state, entries: withHistory(state, message.lines) };
    case 'inputTranscript':
      return { ...state, preview: '', turn: message.turn, entries: withWords(state, 'person', message.turn, { text: message.text, at: null }) };
    case 'outputTranscript':
      return { ...state, turn: message.turn, entries: withWords(state, 'model', message.turn, { text: message.text, at: isRead(state) ? null : state.receivedMillis }) };
    case 'text':
      return { ...state, entries: withWords(state, 'model', state.turn ?? 0, { text: message.text, at: null }) };
    case 'inputPreview':
      return { ...state, preview: message.text };
    case 'speechStart':
      return { ...state, hearing: true, spans: withBeginning(state, message.atMillis) };
    case 'speechEnd':
      return { ...state, hearing: false, spans: withEnd(state, message.atMillis) };
    case 'sources':
      return { ...state, entries: withSources(state, message.turn, message.sources, message.suggestions) };
    case 'interrupted':
      return { ...state, entries: withAnswerCut(state) };
    case 'turnComplete':
      return { ...state, preview: '', entries: withAnswerComplete(state, message.turn), turn: message.turn === null ? state.turn : message.turn + 1 };
    case 'tool':
      return { ...state, entries: withCall(state, message) };
    case 'timeLeft':
      return timeLeft(state, message.seconds, at);
    case 'reconnecting':
      return { ...state, reconnecting: true, answerless: false };
    case 'resumed':
      return { ...state, reconnecting: false };
    case 'unsteady':
      return { ...state, answerless: true };
    case 'steady':
      return { ...state, answerless: false };
    case 'error':
      return notify(state, 'conversation', passingNotice(message));
    case 'ended': {
      const { code, reason, retryable } = message;
      return { ...state, toldEnd: { code, reason, retryable } };
    }
    case 'notResumed':
      return { ...state, toldEnd: { code: 1006, reason: '', retryable: true, gone: true } };
    case 'output':
    case 'unknown':
      return state;
  }
}

/** @returns {State} */
function ready(/** @type {State} */ state, /** @type {Extract<ServerMessage, {type: 'ready'}>} */ message, /** @type {number} */ at) {
  const left = message.endsInSeconds === null ? null : message.endsInSeconds * 1000;
  const before = (message.resumed && state.time?.totalMillis) || 0;
  return {
    ...(message.resumed ? goingOn(state) : state),
    phase: state.phase === 'finishing' ? 'finishing' : 'live',
    place: 0,
    now: at,
    answerless: false,
    reconnecting: false,
    offline: false,
    time: left === null ? null : { endsAt: at + left, totalMillis: Math.max(left, before) },
    simulated: message.simulated,
    showing: show(state.showing, { is: 'agreed', welcome: message.pictures, limitSeconds: message.picturesForSeconds }),
    figures: { ...state.figures, model: message.model },
  };
}

/** @returns {State} */
function timeLeft(/** @type {State} */ state, /** @type {number} */ seconds, /** @type {number} */ at) {
  const totalMillis = Math.max(state.time?.totalMillis ?? 0, seconds * 1000);
  return { ...state, now: at, time: { endsAt: at + seconds * 1000, totalMillis } };
}
