// When things were said, and how a conversation leaves the page as text or as subtitles; pure.

import { wordsOf } from './transcript.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Speech} Speech */

/**
 * Milliseconds of the person's audio since the conversation began, by the id of what was said; `to` is null while it is being said.
 * @typedef {Record<string, {from: number, to: number | null}>} Spans
 */

/** What the server never told the end of is shown so long, unless the next words come earlier. */
const SHOWN_MILLIS = 3000;

/** The id that the person's words of the turn going on have, or will have. */
function idNow(/** @type {State} */ state) {
  return `${state.session}-person-${state.turn ?? 1}`;
}

/**
 * Speech began.
 * @returns {Spans}
 */
export function withBeginning(/** @type {State} */ state, /** @type {number | null} */ atMillis) {
  const id = idNow(state);
  // A turn may have several stretches of speech: the first one counts.
  return atMillis === null || state.spans[id] ? state.spans : { ...state.spans, [id]: { from: atMillis, to: null } };
}

/**
 * Speech ended.
 * @returns {Spans}
 */
export function withEnd(/** @type {State} */ state, /** @type {number | null} */ atMillis) {
  const id = idNow(state);
  const span = state.spans[id];
  return atMillis === null || !span ? state.spans : { ...state.spans, [id]: { ...span, to: Math.max(atMillis, span.from) } };
}

/** @returns {Speech[]} */
function speeches(/** @type {State} */ state) {
  return /** @type {Speech[]} */ (state.entries.filter((entry) => entry.kind === 'speech' && wordsOf(entry).trim() !== ''));
}

/** Everything on the page, one line for each who speaks; in captions only the person does. */
export function asText(/** @type {State} */ state) {
  const all = speeches(state);
  const alone = all.every((speech) => speech.voice === 'person');
  const lines = all.map((speech) => (alone ? '' : speech.voice === 'person' ? 'You: ' : 'Parley: ') + wordsOf(speech).trim());
  return `${lines.join('\n')}\n`;
}

/**
 * What the person said in the last conversation, as WebVTT (W3C). Empty when no times are known.
 * @param {State} state
 */
export function asWebVtt(state) {
  const timed = speeches(state).flatMap((speech) => {
    const span = speech.voice === 'person' && speech.session === state.session ? state.spans[speech.id] : undefined;
    return span ? [{ ...span, words: wordsOf(speech).trim() }] : [];
  });
  const cues = timed.map(({ from, to, words }, index) => {
    const next = timed[index + 1]?.from ?? Infinity;
    const until = Math.max(from + 1, Math.min(to ?? from + SHOWN_MILLIS, next));
    return `${moment(from)} --> ${moment(until)}\n${escaped(words)}\n`;
  });
  return cues.length === 0 ? '' : `WEBVTT\n\n${cues.join('\n')}`;
}

/** 00:01:02.345 (WebVTT, "WebVTT timestamp"). */
function moment(/** @type {number} */ millis) {
  const whole = Math.round(millis);
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const seconds = Math.floor(whole / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(whole % 1000).padStart(3, '0')}`;
}

/** A cue ends at an empty line and takes `<` for a tag and `-->` for a time. */
function escaped(/** @type {string} */ words) {
  return words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\s*\n\s*/g, '\n');
}
