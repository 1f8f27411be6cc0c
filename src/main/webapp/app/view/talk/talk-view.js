// The large microphone button with the live level around it, and stop beside it.

import { isAllowed, isAtRest, isConnected, sendsAudio } from '../../conversation/state/state.js';
import { byId, say } from '../element.js';

/** @typedef {import('../../conversation/state/state.js').State} State */

/**
 * `look` names the drawing, `words` stands below, `name` is read aloud.
 * @typedef {{look: string, words: string, name: string, muted: boolean}} Look
 */

/** @returns {Look} */
function lookOf(/** @type {State} */ state) {
  const { open, muted, held } = state.microphone;
  if (state.returning !== '') {
    const words = state.returning === 'elsewhere' ? 'Go on here' : 'Go on';
    return { look: 'start', words, name: `${words} with the conversation`, muted: false };
  }
  if (state.agreed.turnTaking === 'manual') {
    return held && !state.notices.microphone
      ? { look: 'live', words: 'Release to finish', name: 'Finish speaking', muted: false }
      : { look: isAtRest(state) ? 'start' : 'quiet', words: 'Hold to talk', name: 'Hold to talk', muted: false };
  }
  if (isAtRest(state)) {
    return { look: 'start', words: 'Start', name: 'Start talking', muted: false };
  }
  if (state.phase === 'asking') {
    const words = isAllowed(state) ? 'Connecting' : 'Allow the microphone';
    return { look: 'busy', words, name: words, muted: false };
  }
  if (state.phase === 'finishing') {
    return { look: 'busy', words: 'Finishing', name: 'Finishing', muted: true };
  }
  if (!open) {
    return { look: 'quiet', words: 'Use the microphone', name: 'Use the microphone', muted: true };
  }
  return muted
    ? { look: 'quiet', words: 'Muted', name: 'Unmute the microphone', muted: true }
    : { look: sendsAudio(state) ? 'live' : 'quiet', words: 'Mute', name: 'Mute the microphone', muted: false };
}

/**
 * @param {{press: () => void, hold: (held: boolean) => void, stop: () => void, state: () => State}} actions
 * @returns {{render: (state: State) => void, level: (level: number) => void}} `level` draws loudness from 0 to 1
 */
export function talkView(actions) {
  const talk = byId('talk', HTMLButtonElement);
  const icon = byId('talk-icon', SVGUseElement);
  const words = byId('talk-words', HTMLElement);
  const halo = byId('halo', HTMLElement);
  const stop = byId('stop', HTMLButtonElement);
  const stopWords = byId('stop-words', HTMLElement);
  const manual = () => actions.state().agreed.turnTaking === 'manual';

  talk.addEventListener('click', (event) => {
    if (!manual()) {
      actions.press();
    } else if (event.detail === 0 && !spaceHeld) {
      actions.hold(!actions.state().microphone.held); // a screen reader presses but cannot hold
    }
  });
  talk.addEventListener('pointerdown', (event) => {
    if (manual() && event.button === 0) {
      talk.setPointerCapture(event.pointerId);
      actions.hold(true);
    }
  });
  for (const end of /** @type {const} */ (['pointerup', 'pointercancel', 'lostpointercapture'])) {
    talk.addEventListener(end, () => manual() && actions.hold(false));
  }
  // A long press must not open the phone's menu.
  talk.addEventListener('contextmenu', (event) => manual() && event.preventDefault());

  let spaceHeld = false;
  const isTalkKey = (/** @type {KeyboardEvent} */ event) =>
    event.key === ' ' || (event.key === 'Enter' && event.target === talk);
  document.addEventListener('keydown', (event) => {
    if (manual() && talk.checkVisibility() && isTalkKey(event) && mayTakeSpace(event.target, talk)) {
      event.preventDefault();
      if (!event.repeat && !spaceHeld) {
        spaceHeld = true;
        actions.hold(true);
      }
    }
  });
  const release = () => {
    if (spaceHeld) {
      spaceHeld = false;
      actions.hold(false);
    }
  };
  document.addEventListener('keyup', (event) => {
    if (spaceHeld && (event.key === ' ' || event.key === 'Enter')) {
      event.preventDefault();
      release();
    }
  });
  window.addEventListener('blur', release);
  stop.addEventListener('click', actions.stop);

  return {
    render: (state) => {
      const look = lookOf(state);
      talk.dataset.look = look.look;
      icon.setAttribute('href', look.muted ? '#icon-muted' : '#icon-microphone');
      talk.ariaLabel = look.name;
      say(words, look.words);
      const hadFocus = document.activeElement === stop;
      stop.disabled = !(isConnected(state) || state.phase === 'asking' || state.playing);
      if (hadFocus && stop.disabled) {
        talk.focus(); // a disabled button would drop whoever uses the keyboard
      }
      stop.ariaLabel = state.phase === 'finishing' ? 'End now' : 'Stop';
      say(stopWords, stop.ariaLabel);
      halo.classList.toggle('listening', sendsAudio(state));
    },
    level: (level) => halo.style.setProperty('--level', level.toFixed(3)),
  };
}

/** Space belongs to whatever has the focus, unless that is the button itself or nothing in particular. */
function mayTakeSpace(/** @type {EventTarget | null} */ target, /** @type {HTMLElement} */ talk) {
  return (
    target === talk ||
    (target instanceof Element && !target.closest('button, input, textarea, select, a, dialog, [popover], [role=dialog]'))
  );
}
