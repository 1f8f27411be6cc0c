// What a conversation leaves behind for the page after this one, and how that page begins with it; pure.

import { quietNotice } from '../../shared/notice.js';
import { members, number, numberOrNull, text } from '../../transport/members.js';
import { readSettings } from './settings.js';
import { isHeard, withLine } from './transcript.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Entry} Entry */
/** @typedef {import('./state.js').Speech} Speech */

/**
 * What a conversation that outlived its page waits for: a press, because the browser gives sound, or the microphone and
 * sound, only then; or a press because another tab has the conversation. Empty: nothing.
 * @typedef {'' | 'sound' | 'microphone' | 'elsewhere'} Returning
 */

/**
 * @typedef {object} Memento
 * @property {string} conversation id
 * @property {import('../../transport/lifeline.js').Past} line
 * @property {import('../sound/voice.js').Played & {turn: number}} heard
 * @property {boolean} unfinished whether the microphone was being sent
 * @property {{open: boolean, muted: boolean}} microphone
 * @property {boolean} showed whether a camera or the screen was shown
 * @property {number} session
 * @property {number} returns how often the conversation has outlived a page
 * @property {{left: number, totalMillis: number} | null} time
 * @property {import('./captions.js').Spans} spans
 * @property {import('./settings.js').Settings} agreed
 * @property {Entry[]} entries
 */

/** Anything written by a page of another kind is not read. */
const VERSION = 1;

/** Characters of the transcript that are kept, the newest; hours of talk. */
const MOST_CHARS = 400_000;

/** Stands for a position that is never reached, for which JSON has no number. */
const NEVER = 'never';

/** What is said while the conversation is being taken up. */
const STILL_OPEN = quietNotice('Your conversation is still open.', 'The page was reloaded and goes on with it.');

/**
 * As JSON takes it.
 * @param {State} state
 * @param {Pick<Memento, 'conversation' | 'line' | 'heard' | 'unfinished'>} more
 */
export function mementoOf(state, more) {
  const { session, spans, agreed, microphone, showing, time, now } = state;
  return {
    version: VERSION,
    ...more,
    microphone: { open: microphone.open || state.returning === 'microphone', muted: microphone.muted },
    showed: showing.what === 'camera' || showing.what === 'screen',
    session,
    returns: state.entries.filter((entry) => entry.id.startsWith(`return-${session}-`)).length,
    time: time && { left: time.endsAt - now, totalMillis: time.totalMillis },
    spans,
    agreed,
    entries: newest(state.entries.map((entry) => (entry.kind === 'speech' ? packed(state, entry) : entry))),
  };
}

/** What was heard of a part becomes one piece; the rest keeps its places. */
function packed(/** @type {State} */ state, /** @type {Speech} */ speech) {
  const heard = speech.pieces.filter((piece) => isHeard(state, speech, piece));
  const unheard = speech.pieces.filter((piece) => !heard.includes(piece));
  const pieces = [{ text: heard.map((piece) => piece.text).join(''), at: null }, ...unheard].filter((piece) => piece.text !== '');
  return { ...speech, pieces: pieces.map(({ text: words, at }) => ({ text: words, at: at === Infinity ? NEVER : at })) };
}

/** @template T */
function newest(/** @type {T[]} */ entries) {
  let chars = 0;
  const tooMany = entries.findLastIndex((entry) => (chars += JSON.stringify(entry).length) > MOST_CHARS);
  return entries.slice(tooMany + 1);
}

/**
 * Makes sense of what was stored.
 * @param {unknown} stored
 * @param {import('./settings.js').Settings} defaults
 * @returns {Memento | null} null when it is nothing to go on with
 */
export function readMemento(stored, defaults) {
  const given = members(stored);
  const line = members(given.line);
  const heard = members(given.heard);
  const microphone = members(given.microphone);
  const time = members(given.time);
  const frames = Array.isArray(line.frames) ? line.frames.filter((frame) => typeof frame === 'string') : [];
  if (given.version !== VERSION || !text(line.token)) {
    return null;
  }
  return {
    conversation: text(given.conversation),
    line: { token: text(line.token), count: number(line.count), frames },
    heard: { turn: Math.max(1, number(heard.turn)), start: number(heard.start), position: number(heard.position) },
    unfinished: given.unfinished === true,
    microphone: { open: microphone.open === true, muted: microphone.muted === true },
    showed: given.showed === true,
    session: Math.max(1, number(given.session)),
    returns: number(given.returns),
    time: numberOrNull(time.totalMillis) === null ? null : { left: number(time.left), totalMillis: number(time.totalMillis) },
    spans: /** @type {Memento['spans']} */ (members(given.spans)),
    agreed: readSettings(given.agreed, defaults),
    entries: (Array.isArray(given.entries) ? given.entries : []).flatMap((entry) => readEntry(members(entry))),
  };
}

/** @returns {Entry[]} none when it is none */
function readEntry(/** @type {import('../../transport/members.js').Members} */ entry) {
  const known = typeof entry.id === 'string' && typeof entry.session === 'number';
  if (known && entry.kind === 'speech' && Array.isArray(entry.pieces)) {
    const speech = /** @type {Speech} */ (/** @type {unknown} */ (entry));
    const pieces = entry.pieces.map(members).map((piece) => ({ text: text(piece.text), at: piece.at === NEVER ? Infinity : numberOrNull(piece.at) }));
    return [{ ...speech, pieces }];
  }
  const line = entry.kind === 'line' && typeof entry.text === 'string';
  const call = entry.kind === 'call' && typeof entry.title === 'string';
  return known && (line || call) ? [/** @type {Entry} */ (/** @type {unknown} */ (entry))] : [];
}

/**
 * The page begins with what the one before it left.
 * @returns {State}
 */
export function returned(/** @type {State} */ state, /** @type {Memento} */ memento, /** @type {boolean} */ elsewhere, /** @type {number} */ at) {
  const { session, heard, agreed, spans, time, microphone } = memento;
  /** @type {State} */
  const next = {
    ...state,
    phase: elsewhere ? 'ended' : 'live',
    offline: !elsewhere,
    returning: elsewhere ? 'elsewhere' : '',
    session,
    agreed: elsewhere ? state.settings : agreed,
    spans,
    turn: heard.turn,
    heardMillis: heard.position,
    receivedMillis: heard.position,
    now: at,
    time: time && !elsewhere ? { endsAt: at + time.left, totalMillis: time.totalMillis } : null,
    microphone: { ...state.microphone, muted: microphone.muted },
    // The rest of an answer comes again, and then its end.
    entries: memento.entries.map((entry) => (entry.kind === 'speech' && entry.session === session && waits(entry) ? { ...entry, complete: false } : entry)),
    notices: { microphone: null, conversation: elsewhere ? inAnotherTab('Go on there, or press the button to go on here.') : STILL_OPEN },
  };
  const last = next.entries.at(-1)?.id ?? '';
  // However often it is reloaded before anything is said: one line is enough.
  const id = last.startsWith(`return-${session}-`) ? last : `return-${session}-${memento.returns + 1}`;
  return elsewhere ? next : { ...next, entries: withLine(next, id, returnLine(memento)) };
}

function waits(/** @type {Speech} */ speech) {
  return speech.cutAt === null && !speech.broken && speech.pieces.some((piece) => piece.at !== null);
}

function returnLine(/** @type {Memento} */ memento) {
  return memento.showed ? 'Page reloaded; nothing is shown any more' : 'Page reloaded';
}

function inAnotherTab(/** @type {string} */ advice) {
  return quietNotice('This conversation goes on in another tab.', advice);
}

/** The server goes on with it. */
export function goingOn(/** @type {State} */ state) {
  return state.notices.conversation === STILL_OPEN ? { ...state, notices: { ...state.notices, conversation: null } } : state;
}

/** @returns {State} the browser wants a press first */
export function awaitingPress(/** @type {State} */ state, /** @type {'sound' | 'microphone'} */ returning) {
  const why = returning === 'sound' ? 'to hear the answers again' : 'to speak and to hear the answers again';
  return { ...state, returning, notices: { ...state.notices, microphone: quietNotice('Your conversation is still open.', `Press \u201cGo on\u201d ${why}.`) } };
}

/** @returns {State} nothing is waited for any more */
export function atHand(/** @type {State} */ state) {
  return state.returning === '' ? state : { ...state, returning: '', notices: { ...state.notices, microphone: null } };
}

/** @returns {State} another tab has the conversation now */
export function taken(/** @type {State} */ state) {
  return { ...state, notices: { ...state.notices, conversation: inAnotherTab('Everything said so far stays on this page too.') } };
}
