// How spoken words, typed words and quiet lines become the list of entries; pure.

import { SAME_MILLIS } from '../../audio/playback/heard-ledger.js';
import { isRead } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Entry} Entry */
/** @typedef {import('./state.js').Speech} Speech */
/** @typedef {import('./state.js').Call} Call */
/** @typedef {import('./state.js').Piece} Piece */

/** Index of one voice's part of a turn; -1 when it has none yet. */
function indexOf(/** @type {State} */ state, /** @type {Speech['voice']} */ voice, /** @type {number | null} */ turn) {
  return state.entries.findLastIndex(
    (entry) => entry.kind === 'speech' && entry.voice === voice && entry.session === state.session && entry.turn === turn && turn !== null,
  );
}

/**
 * Appends a delta, verbatim, to one voice's part of a turn. What the person said stands above the answer to it, though
 * its transcript may come later.
 * @param {State} state
 * @param {Speech['voice']} voice
 * @param {number | null} turn
 * @param {Piece} piece
 * @returns {Entry[]}
 */
export function withWords(state, voice, turn, piece) {
  const { entries } = state;
  if (piece.text === '') {
    return entries;
  }
  const index = indexOf(state, voice, turn);
  const known = entries[index];
  return known?.kind === 'speech'
    ? entries.with(index, { ...known, pieces: [...known.pieces, piece] })
    : withSpeech(state, voice, turn, { pieces: [piece] });
}

/**
 * Begins one voice's part of a turn in its place.
 * @returns {Entry[]}
 */
function withSpeech(/** @type {State} */ state, /** @type {Speech['voice']} */ voice, /** @type {number | null} */ turn, /** @type {Partial<Speech>} */ more) {
  const answer = voice === 'person' ? indexOf(state, 'model', turn) : -1;
  const place = answer < 0 ? beforeLater(state, turn) : answer;
  return state.entries.toSpliced(place, 0, {
    kind: 'speech',
    id: `${state.session}-${voice}-${turn ?? freeNumber(state)}`,
    voice,
    session: state.session,
    turn,
    pieces: [],
    complete: voice === 'person',
    cutAt: null,
    ...more,
  });
}

/** Where a turn begins: behind everything, unless a later one is there, as after an absence. */
function beforeLater(/** @type {State} */ { entries, session }, /** @type {number | null} */ turn) {
  const later = entries.findIndex((entry) => entry.kind === 'speech' && entry.session === session && turn !== null && (entry.turn ?? 0) > turn);
  return later < 0 ? entries.length : later;
}

/** Names typed words, which have no turn; entries may have been forgotten since the last ones. */
function freeNumber(/** @type {State} */ { entries, session }) {
  let number = entries.length;
  while (entries.some((entry) => entry.id === `${session}-person-t${number}`)) {
    number++;
  }
  return `t${number}`;
}

/** All words of a part, as they came. */
export function wordsOf(/** @type {Speech} */ speech) {
  return speech.pieces.map((piece) => piece.text).join('');
}

/**
 * Adds what the server has and this page missed while it was away; what the page has stays as it is.
 * @param {State} state
 * @param {import('../../transport/messages.js').HistoryLine[]} lines
 * @returns {Entry[]}
 */
export function withHistory(state, lines) {
  return lines.reduce((entries, line) => withMissed({ ...state, entries }, line), state.entries);
}

/** @returns {Entry[]} */
function withMissed(/** @type {State} */ state, /** @type {import('../../transport/messages.js').HistoryLine} */ line) {
  const known = state.entries[indexOf(state, line.voice, line.turn)];
  const had = known?.kind === 'speech' ? wordsOf(known) : '';
  const typed = state.entries.some(
    (entry) => entry.kind === 'speech' && entry.session === state.session && entry.turn === null && wordsOf(entry) === line.text,
  );
  if (typed || !line.text.startsWith(had)) {
    return state.entries;
  }
  // What was not heard when it was cut never will be.
  const cut = line.voice === 'model' && line.interrupted;
  const heard = cut ? Math.max(had.length, line.heardChars) : line.text.length;
  const at = line.voice === 'model' && !isRead(state) ? state.receivedMillis : null;
  let entries = withWords(state, line.voice, line.turn, { text: line.text.slice(had.length, heard), at: cut ? null : at });
  entries = withWords({ ...state, entries }, line.voice, line.turn, { text: line.text.slice(heard), at: Infinity });
  const index = indexOf({ ...state, entries }, line.voice, line.turn);
  const entry = entries[index];
  return cut && entry?.kind === 'speech' && entry.cutAt === null ? entries.with(index, { ...entry, complete: true, cutAt: state.heardMillis }) : entries;
}

/**
 * Adds a quiet line.
 * @returns {Entry[]}
 */
export function withLine(/** @type {State} */ state, /** @type {string} */ id, /** @type {string} */ text) {
  const known = state.entries.findLastIndex((entry) => entry.id === id);
  const line = /** @type {const} */ ({ kind: 'line', id, session: state.session, text });
  return known < 0 ? [...state.entries, line] : state.entries.with(known, line);
}

/**
 * Changes the model's part spoken last, if it is still open.
 * @returns {Entry[]}
 */
function withLastAnswer(/** @type {State} */ state, /** @type {(speech: Speech) => Speech} */ change) {
  const index = state.entries.findLastIndex((entry) => entry.kind === 'speech' && entry.voice === 'model' && entry.session === state.session);
  const entry = state.entries[index];
  return entry?.kind === 'speech' ? state.entries.with(index, change(entry)) : state.entries;
}

/** Marks the answer of a turn as complete: the one in progress, unless an earlier one is told late. */
export function withAnswerComplete(/** @type {State} */ state, /** @type {number | null} */ turn) {
  const index = indexOf(state, 'model', turn);
  const entry = state.entries[index];
  return entry?.kind === 'speech' ? state.entries.with(index, { ...entry, complete: true }) : withLastAnswer(state, (speech) => ({ ...speech, complete: true }));
}

/** The connection is over: an answer in progress will never be complete. */
export function withAnswerBroken(/** @type {State} */ state) {
  return withLastAnswer(state, (speech) => (speech.complete || speech.cutAt !== null ? { ...speech, complete: true } : { ...speech, complete: true, broken: true }));
}

/**
 * Adds pages that an answer stands on, and what Google wants shown with it.
 * @param {State} state
 * @param {number} turn
 * @param {import('../../transport/messages.js').Source[]} sources
 * @param {string} suggestions HTML; empty: none, or as before
 * @returns {Entry[]}
 */
export function withSources(state, turn, sources, suggestions) {
  const index = indexOf(state, 'model', turn);
  const entry = state.entries[index];
  if (entry?.kind !== 'speech') {
    return withSpeech(state, 'model', turn, { sources, ...(suggestions && { suggestions }) }); // its words are still to come
  }
  const known = entry.sources ?? [];
  const more = sources.filter((source) => !known.some((other) => other.uri === source.uri));
  return state.entries.with(index, { ...entry, sources: [...known, ...more], ...(suggestions && { suggestions }) });
}

/** Marks the answer in progress as cut by the person where playing is now; one that was heard to its end is not. */
export function withAnswerCut(/** @type {State} */ state) {
  const heardOut = state.heardMillis >= state.receivedMillis;
  return withLastAnswer(state, (speech) =>
    (speech.complete && heardOut) || speech.cutAt !== null ? speech : { ...speech, cutAt: state.heardMillis },
  );
}

/** Whether a piece of text has been heard, as far as the page can tell: words come a little before their sound. */
export function isHeard(/** @type {State} */ state, /** @type {Speech} */ speech, /** @type {Piece} */ piece) {
  if (piece.at === null || speech.session !== state.session) {
    return speech.cutAt === null || piece.at === null || piece.at < speech.cutAt;
  }
  if (speech.cutAt !== null) {
    return piece.at < speech.cutAt;
  }
  return piece.at < state.heardMillis || (speech.complete && state.heardMillis + SAME_MILLIS >= state.receivedMillis);
}

/**
 * Adds a call of a tool, or tells where it stands now.
 * @param {State} state
 * @param {{call: number, title: string, state: Call['state'], arguments: string}} told
 * @returns {Entry[]}
 */
export function withCall(state, told) {
  const id = `${state.session}-call-${told.call}`;
  const known = state.entries.findLastIndex((entry) => entry.id === id);
  /** @type {Call} */
  const call = { kind: 'call', id, session: state.session, number: told.call, title: told.title, state: told.state, arguments: told.arguments };
  return known < 0 ? [...state.entries, call] : state.entries.with(known, call);
}

/**
 * The conversation is over, and with it what the model was doing.
 * @returns {Entry[]}
 */
export function withCallsOver(/** @type {State} */ state) {
  return state.entries.map((entry) =>
    entry.kind === 'call' && (entry.state === 'asking' || entry.state === 'called') ? { ...entry, state: /** @type {const} */ ('cancelled') } : entry,
  );
}

/** Where a call stands, in words. */
export function callLine(/** @type {Call} */ { title, state }) {
  const said = { asking: 'Allow', called: 'Using', done: 'Used', failed: 'Could not use', refused: 'Not allowed:', cancelled: 'Stopped using' };
  return `${said[state]} ${title}${state === 'asking' ? '?' : ''}`;
}
