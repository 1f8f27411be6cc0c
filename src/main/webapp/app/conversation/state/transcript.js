// How spoken words, typed words and quiet lines become the list of entries; pure.

import { SAME_MILLIS } from '../../audio/playback/heard-ledger.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Entry} Entry */
/** @typedef {import('./state.js').Speech} Speech */
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
  if (known?.kind === 'speech') {
    return entries.with(index, { ...known, pieces: [...known.pieces, piece] });
  }
  const answer = voice === 'person' ? indexOf(state, 'model', turn) : -1;
  const id = `${state.session}-${voice}-${turn ?? 't' + entries.length}`;
  return entries.toSpliced(answer < 0 ? entries.length : answer, 0, {
    kind: 'speech',
    id,
    voice,
    session: state.session,
    turn,
    pieces: [piece],
    complete: voice === 'person',
    cutAt: null,
  });
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

/** Marks the answer in progress as complete. */
export function withAnswerComplete(/** @type {State} */ state) {
  return withLastAnswer(state, (speech) => ({ ...speech, complete: true }));
}

/** The connection is over: an answer in progress will never be complete. */
export function withAnswerBroken(/** @type {State} */ state) {
  return withLastAnswer(state, (speech) => (speech.complete || speech.cutAt !== null ? { ...speech, complete: true } : { ...speech, complete: true, broken: true }));
}

/**
 * Adds pages that an answer stands on.
 * @param {State} state
 * @param {number} turn
 * @param {import('../../transport/messages.js').Source[]} sources
 * @returns {Entry[]}
 */
export function withSources(state, turn, sources) {
  const index = indexOf(state, 'model', turn);
  const entry = state.entries[index];
  if (entry?.kind !== 'speech') {
    return state.entries; // nothing was said that they could stand under
  }
  const known = entry.sources ?? [];
  const more = sources.filter((source) => !known.some((other) => other.uri === source.uri));
  return state.entries.with(index, { ...entry, sources: [...known, ...more] });
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

/** A thing the model does beside talking, in words. */
export function toolLine(/** @type {string} */ name, /** @type {'called' | 'done' | 'failed' | 'cancelled'} */ tool) {
  const said = { called: 'Looking something up with', done: 'Looked something up with', failed: 'Could not use', cancelled: 'Stopped using' };
  return `${said[tool]} ${name}`;
}
