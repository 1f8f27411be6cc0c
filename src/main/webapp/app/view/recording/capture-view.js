// The foot of the recording tab: the large button with the level around it, the microphone, and files picked or dropped.

import { byId, say } from '../element.js';
import { isUnderWay } from '../../recording/state/state.js';
import { elapsedOf } from '../../recording/state/words.js';

/** @typedef {import('../../recording/state/state.js').State} State */

/** @typedef {{look: string, icon: string, words: string, name: string}} Look */

/** @returns {Look} */
function lookOf(/** @type {State} */ state, /** @type {boolean} */ taken) {
  switch (state.capture) {
    case 'asking':
      return { look: 'busy', icon: '#icon-microphone', words: 'Allow the microphone', name: 'Allow the microphone, or press to give up' };
    case 'recording':
      return { look: 'live', icon: '#icon-stop', words: 'Stop', name: 'Stop recording' };
    case 'finishing':
      return { look: 'busy', icon: '#icon-stop', words: 'Finishing', name: 'Finishing' };
    case 'rest':
      break;
  }
  if (taken) {
    return { look: 'busy', icon: '#icon-microphone', words: 'In use by Talk', name: 'Record: the conversation is using the microphone' };
  }
  return state.clip
    ? { look: 'quiet', icon: '#icon-microphone', words: 'Record anew', name: 'Record anew' }
    : { look: 'start', icon: '#icon-microphone', words: 'Record', name: 'Record' };
}

/**
 * @param {{press: () => void, take: (file: File) => void}} actions
 * @returns {{render: (state: State, taken: boolean) => void, level: (level: number) => void}} `taken`: the conversation
 *     has the microphone
 */
export function captureView(actions) {
  const panel = byId('panel-recording', HTMLElement);
  const record = byId('record', HTMLButtonElement);
  const icon = byId('record-icon', SVGUseElement);
  const words = byId('record-words', HTMLElement);
  const halo = byId('recording-halo', HTMLElement);
  const devices = byId('open-recording-devices', HTMLButtonElement);
  const choose = byId('choose-file', HTMLButtonElement);
  const file = byId('file', HTMLInputElement);
  const welcome = byId('recording-welcome', HTMLElement);
  const title = byId('recording-title', HTMLElement);
  const hint = byId('recording-words', HTMLElement);

  record.addEventListener('click', actions.press);
  choose.addEventListener('click', () => file.click());
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    if (chosen) {
      actions.take(chosen);
    }
    file.value = ''; // the same file may be chosen again
  });
  takeDrops(panel, () => !choose.disabled, actions.take);

  return {
    render: (state, taken) => {
      const look = lookOf(state, taken);
      const busy = isUnderWay(state);
      record.dataset.look = look.look;
      record.disabled = busy || state.capture === 'finishing';
      record.ariaLabel = look.name;
      icon.setAttribute('href', look.icon);
      icon.parentElement?.classList.toggle('icon-filled', look.icon === '#icon-stop');
      say(words, look.words);
      halo.classList.toggle('listening', state.capture === 'recording');
      devices.disabled = state.capture !== 'rest';
      choose.disabled = busy || state.capture !== 'rest';

      panel.classList.toggle('holding', state.capture === 'rest' && state.clip !== null);
      welcome.hidden = state.capture === 'rest' && state.clip !== null;
      welcome.classList.toggle('counting', state.capture === 'recording');
      const shown = welcomeOf(state);
      say(title, shown.title);
      say(hint, shown.words);
    },
    level: (level) => halo.style.setProperty('--level', level.toFixed(3)),
  };
}

function welcomeOf(/** @type {State} */ state) {
  switch (state.capture) {
    case 'asking':
      return { title: 'May this page listen?', words: 'Your browser asks for the microphone. Nothing is sent before you press Send.' };
    case 'recording':
    case 'finishing': {
      const { time, size } = elapsedOf(state);
      return { title: time, words: `Speak. Press Stop when you have said everything. ${size} so far.` };
    }
    case 'rest':
      return { title: 'Send a recording.', words: 'Press the button and speak, or choose a file. You can also drop one here.' };
  }
}

/** A file dropped anywhere on the page must not replace the page. */
function takeDrops(/** @type {HTMLElement} */ place, /** @type {() => boolean} */ welcome, /** @type {(file: File) => void} */ take) {
  const files = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') === true;
  document.addEventListener('dragover', (event) => {
    if (files(event)) {
      event.preventDefault();
      const taken = place.contains(/** @type {Node} */ (event.target)) && welcome();
      /** @type {DataTransfer} */ (event.dataTransfer).dropEffect = taken ? 'copy' : 'none';
      place.classList.toggle('dropping', taken);
    }
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) {
      place.classList.remove('dropping');
    }
  });
  document.addEventListener('drop', (event) => {
    if (files(event)) {
      event.preventDefault();
      place.classList.remove('dropping');
      const dropped = event.dataTransfer?.files[0];
      if (dropped && place.contains(/** @type {Node} */ (event.target)) && welcome()) {
        take(dropped);
      }
    }
  });
}
