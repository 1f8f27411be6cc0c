// A call of a tool as a quiet line; a card with two buttons while the person is asked.

import { callLine } from '../../../conversation/state/transcript.js';
import { make, say } from '../../element.js';

/** @typedef {import('../../../conversation/state/state.js').Call} Call */

/** What is on the page for one call. */
export class CallView {
  element = make('div');
  #words = make('p', { className: 'call-words' });
  #arguments = make('p', { className: 'call-arguments' });
  #choice = make('div', { className: 'call-choice' });
  #settle;
  /** @type {Call | null} */
  #call = null;

  /**
   * @param {Call} call
   * @param {(number: number, allow: boolean) => void} decide
   * @param {() => void} settle puts the focus where it is not lost, when it was on a button that goes
   */
  constructor(call, decide, settle) {
    this.#settle = settle;
    this.element.role = 'group';
    this.element.append(this.#words, this.#arguments, this.#choice);
    for (const allow of [true, false]) {
      const button = make('button', { className: 'text-button', text: allow ? 'Allow' : 'Refuse' });
      button.type = 'button';
      button.addEventListener('click', () => decide(call.number, allow));
      this.#choice.append(button);
    }
  }

  draw(/** @type {Call} */ call) {
    if (call === this.#call) {
      return; // drawn with every event of the page, and changed by hardly any
    }
    this.#call = call;
    const asking = call.state === 'asking';
    const line = callLine(call);
    say(this.#words, line);
    say(this.#arguments, call.arguments);
    this.element.ariaLabel = line;
    this.element.className = asking ? 'call asking' : 'line';
    this.#arguments.hidden = call.arguments === '';
    const hadFocus = this.#choice.contains(document.activeElement);
    this.#choice.hidden = !asking;
    if (hadFocus && !asking) {
      this.#settle();
    }
  }
}
