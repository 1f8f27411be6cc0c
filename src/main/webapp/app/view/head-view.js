// Head of the page: state in words and a dot, time left, the simulator's notice.

import { clock } from '../shared/measures.js';
import { byId, say } from './element.js';

/** From here on the time left is drawn as urgent. */
const URGENT_MILLIS = 60000;

/**
 * What the head shows of the tab in front.
 * @typedef {object} Front
 * @property {{words: string, tone: string, major: boolean}} status
 * @property {string} simulator what a simulator does here; empty when none answers
 */

/** @returns {(front: Front, conversation: import('../conversation/state/state.js').State) => void} draws */
export function headView() {
  const status = byId('status', HTMLElement);
  const words = byId('status-words', HTMLElement);
  const announcement = byId('announcement', HTMLElement);
  const time = byId('time', HTMLElement);
  const timeWords = byId('time-words', HTMLElement);
  const timeRing = byId('time-left', SVGCircleElement);
  const simulator = byId('simulator', HTMLElement);
  const simulatorWords = byId('simulator-words', HTMLElement);

  return ({ status: now, simulator: answers }, state) => {
    status.dataset.tone = now.tone;
    say(words, now.words);
    // Listening and speaking take turns all the time: read aloud they would talk over the conversation.
    if (now.major) {
      say(announcement, now.words);
    }
    simulator.hidden = answers === '';
    say(simulatorWords, answers);
    time.hidden = state.time === null;
    if (state.time) {
      const left = Math.max(0, state.time.endsAt - state.now);
      say(timeWords, clock(left));
      time.classList.toggle('urgent', left <= URGENT_MILLIS);
      const share = Math.min(1, left / state.time.totalMillis);
      timeRing.setAttribute('stroke-dashoffset', String(100 - 100 * share));
    }
  };
}
