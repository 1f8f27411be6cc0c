// Puts the state of the conversation into words; pure.

import { isAllowed, sendsAudio } from './state.js';

/** @typedef {import('./state.js').State} State */

/**
 * `tone` is the colour of the dot, `major` whether a screen reader should say it at once.
 * @typedef {{words: string, tone: 'rest' | 'busy' | 'good' | 'speaking' | 'warn' | 'error', major: boolean}} Status
 */

const HOW_TO = {
  auto: 'Press the button and speak. Cut in whenever you like. Or write below.',
  whole: 'Press the button and speak. Each answer is given to its end. Or write below.',
  manual: 'Hold the button while you speak. Or write below.',
};

/** 1st, 2nd, 3rd, 4th … */
export function ordinal(/** @type {number} */ place) {
  const ending = { one: 'st', two: 'nd', few: 'rd' };
  const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(place);
  return `${place}${rule in ending ? ending[/** @type {keyof ending} */ (rule)] : 'th'}`;
}

/**
 * @param {State} state
 * @returns {Status}
 */
export function statusOf(state) {
  switch (state.phase) {
    case 'idle':
      return { words: 'Ready when you are', tone: 'rest', major: false };
    case 'asking':
      return { words: isAllowed(state) ? 'Connecting' : 'Asking for the microphone', tone: 'busy', major: true };
    case 'connecting':
      return { words: 'Connecting', tone: 'busy', major: true };
    case 'waiting':
      return { words: `Waiting, ${ordinal(state.place)} in line`, tone: 'busy', major: true };
    case 'live':
      return live(state);
    case 'finishing':
      return { words: state.playing ? 'Speaking' : 'Finishing', tone: state.playing ? 'speaking' : 'busy', major: false };
    case 'ended':
      return ended(state);
  }
}

/**
 * What the empty page says: what to do, or what is going on.
 * @param {State} state
 * @returns {{title: string, words: string}}
 */
export function welcomeOf(state) {
  switch (state.phase) {
    case 'asking':
      return isAllowed(state) ? { title: 'Connecting', words: 'One moment.' } : { title: 'May this page listen?', words: 'Your browser asks for the microphone. Only what you say while talking is sent.' };
    case 'connecting':
      return { title: 'Connecting', words: state.microphone.open ? 'You can speak already: your first words are kept.' : 'One moment.' };
    case 'waiting':
      return { title: `You are ${ordinal(state.place)} in line.`, words: 'All lines are busy. It starts by itself when yours is free; keep this page open.' };
    case 'live':
      return sendsAudio(state)
        ? { title: 'Go ahead.', words: 'Speak as you would on the telephone.' }
        : { title: 'Connected.', words: state.agreed.turnTaking === 'manual' ? 'Hold the button, or the space bar, and speak.' : 'Write below, or use the microphone.' };
    default:
      return { title: 'Talk, and be answered.', words: HOW_TO[state.agreed.turnTaking] };
  }
}

/** @returns {Status} */
function live(/** @type {State} */ state) {
  if (state.returning !== '') {
    return { words: 'Waiting for you', tone: 'warn', major: true };
  }
  if (state.reconnecting || state.offline) {
    return { words: 'Reconnecting', tone: 'warn', major: true };
  }
  if (state.unsteady || state.answerless) {
    return { words: 'Connection unsteady', tone: 'warn', major: true };
  }
  if (state.playing) {
    return { words: 'Speaking', tone: 'speaking', major: false };
  }
  const { open, muted, held } = state.microphone;
  if (open && (state.agreed.turnTaking === 'manual' ? held : !muted)) {
    return { words: 'Listening', tone: 'good', major: false };
  }
  if (open && muted && state.agreed.turnTaking === 'auto') {
    return { words: 'Muted', tone: 'rest', major: false };
  }
  return { words: 'Ready', tone: 'good', major: true };
}

/** @returns {Status} */
function ended(/** @type {State} */ state) {
  if (state.returning !== '') {
    return { words: 'Open in another tab', tone: 'rest', major: true };
  }
  if (state.playing) {
    return { words: 'Speaking', tone: 'speaking', major: false };
  }
  const failed = state.notices.conversation?.tone === 'error';
  return { words: 'Ended', tone: failed ? 'error' : 'rest', major: true };
}
