// How far a recording is, and the answer as it streams; copied and saved from here.

import { byId, make, say } from '../element.js';
import { EndFollower } from '../end-follower.js';
import { isUnderWay } from '../../recording/state/state.js';
import { answerName, answerText, factsOf, progressOf } from '../../recording/state/words.js';

/** @typedef {import('../../recording/state/state.js').State} State */

/** How long the button says that it copied, ms. */
const COPIED_MILLIS = 2000;

/**
 * @param {{cancel: () => void, state: () => State}} actions
 * @returns {(state: State) => void} draws
 */
export function answerView(actions) {
  const root = byId('answer', HTMLElement);
  const job = byId('job', HTMLElement);
  const words = byId('job-words', HTMLElement);
  const bar = byId('job-progress', HTMLProgressElement);
  const save = byId('save-answer', HTMLAnchorElement);
  const buttons = byId('answer-actions', HTMLElement);
  const facts = byId('answer-facts', HTMLElement);
  const follower = new EndFollower(byId('desk', HTMLElement));
  const transcript = new Part('transcript-part');
  const text = new Part('text-part');
  const cancel = byId('cancel', HTMLButtonElement);
  const send = byId('send-recording', HTMLButtonElement);
  let underWay = false;
  follower.rest();

  cancel.addEventListener('click', actions.cancel);
  const whole = () => {
    const { job: current } = actions.state();
    return current ? answerText(current) : '';
  };
  copyFrom(byId('copy-answer', HTMLButtonElement), whole);
  save.addEventListener('click', () => {
    URL.revokeObjectURL(save.href);
    save.href = URL.createObjectURL(new Blob([whole()], { type: 'text/plain;charset=utf-8' }));
    save.download = answerName(actions.state().clip?.name ?? 'recording');
  });
  // A link without an address takes no focus; the real one is made when it is wanted.
  save.href = '#recording';

  return (state) => {
    const current = state.job;
    root.hidden = current === null || state.capture !== 'rest';
    transcript.draw(current?.transcript ?? '');
    text.draw(current?.text ?? '');
    const began = isUnderWay(state) && !underWay;
    const ended = underWay && !isUnderWay(state);
    underWay = isUnderWay(state);
    const hadFocus = document.activeElement === cancel;
    job.hidden = !underWay;
    // A button that is gone or disabled would drop whoever uses the keyboard.
    if (ended && hadFocus) {
      send.focus();
    } else if (began && (document.activeElement === send || document.activeElement === document.body)) {
      cancel.focus();
    }
    if (current && underWay) {
      const { words: now, share } = progressOf(current);
      say(words, now);
      if (share === null) {
        bar.removeAttribute('value');
      } else {
        bar.value = share;
      }
    }
    const answered = current !== null && (current.text !== '' || current.transcript !== '');
    buttons.hidden = !answered || underWay;
    const known = current && !underWay ? factsOf(current) : [];
    if (known.join('\n') !== [...facts.children].map((fact) => fact.textContent).join('\n')) {
      facts.replaceChildren(...known.map((fact) => make('li', { text: fact })));
    }
    if (began) {
      follower.resume();
    } else if (current === null) {
      follower.rest();
    } else if (underWay || ended) {
      follower.follow();
    }
  };
}

/** A part of the answer. What was written once is never written again, so that a screen reader hears only what is new. */
class Part {
  #root;
  #words;
  #drawn = '';

  constructor(/** @type {string} */ id) {
    this.#root = byId(id, HTMLElement);
    this.#words = /** @type {HTMLElement} */ (this.#root.querySelector('.words'));
  }

  draw(/** @type {string} */ text) {
    if (!text.startsWith(this.#drawn) || text === '') {
      this.#words.replaceChildren();
      this.#drawn = '';
    }
    if (text.length > this.#drawn.length) {
      this.#words.append(make('span', { text: text.slice(this.#drawn.length) }));
      this.#drawn = text;
    }
    this.#root.hidden = text === '';
  }
}

function copyFrom(/** @type {HTMLButtonElement} */ button, /** @type {() => string} */ text) {
  const label = button.textContent ?? '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tell = (/** @type {string} */ said) => {
    clearTimeout(timer);
    say(button, said);
    timer = setTimeout(() => say(button, label), COPIED_MILLIS);
  };
  button.addEventListener('click', () => {
    // Browsers give the clipboard to secure addresses only, and may still refuse.
    const copied = navigator.clipboard?.writeText(text()) ?? Promise.reject(new Error('no clipboard'));
    void copied.then(
      () => tell('Copied'),
      () => tell('Not allowed here: save it'),
    );
  });
}
