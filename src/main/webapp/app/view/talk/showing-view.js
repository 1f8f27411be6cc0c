// Camera and screen: what there is to choose, what is shown now, and how to stop it.

import { isShowing, showingHint, showingWords } from '../../conversation/state/showing.js';
import { PictureSource } from '../../sight/picture-source.js';
import { byId, make, say } from '../element.js';

/** @typedef {import('../../conversation/state/state.js').State} State */
/** @typedef {import('../../sight/picture-source.js').Choice} Choice */

/**
 * @param {{show: (choice: Choice) => void, turn: () => void, stop: () => void}} actions
 * @returns {{render: (state: State) => void, stream: (stream: MediaStream | null) => void}} `stream` fills the preview
 */
export function showingView(actions) {
  const open = byId('open-sights', HTMLButtonElement);
  const sights = byId('sights', HTMLElement);
  const list = byId('sight-list', HTMLElement);
  const card = byId('showing', HTMLElement);
  const preview = byId('showing-preview', HTMLVideoElement);
  const words = byId('showing-words', HTMLElement);
  const hint = byId('showing-hint', HTMLElement);
  const count = byId('showing-count', HTMLElement);
  const turn = byId('turn-camera', HTMLButtonElement);
  const stop = byId('stop-showing', HTMLButtonElement);
  let drawnFor = '';

  sights.addEventListener('toggle', () => open.setAttribute('aria-expanded', String(sights.matches(':popover-open'))));
  turn.addEventListener('click', actions.turn);
  stop.addEventListener('click', () => {
    actions.stop();
    open.focus();
  });
  const choose = (/** @type {Choice} */ choice) => {
    sights.hidePopover();
    actions.show(choice);
  };

  return {
    render: (state) => {
      const { showing } = state;
      const live = state.phase === 'live';
      const refused = live && !showing.welcome;
      open.disabled = refused || !PictureSource.cameraAvailable;
      open.title = refused ? 'This model looks at no pictures' : PictureSource.cameraAvailable ? '' : 'Only on a secure address';
      const choices = choicesOf(state);
      const key = JSON.stringify(choices);
      if (key !== drawnFor) {
        drawnFor = key;
        list.replaceChildren(...choices.map(({ label, choice }) => entry(label, () => choose(choice))));
      }
      card.hidden = !isShowing(showing);
      preview.classList.toggle('mirrored', showing.facing === 'user');
      turn.hidden = showing.what !== 'camera' || (showing.facing === '' && showing.cameras.length < 2);
      say(words, isShowing(showing) ? showingWords(showing, live) : '');
      say(hint, showingHint(showing, live));
      say(count, showing.sent === 0 ? '' : showing.sent === 1 ? '1 picture sent' : `${showing.sent} pictures sent`);
    },
    stream: (stream) => {
      preview.srcObject = stream;
    },
  };
}

/** @returns {{label: string, choice: Choice}[]} */
function choicesOf(/** @type {State} */ state) {
  const named = state.showing.cameras.filter((camera) => camera.label !== '');
  /** @type {{label: string, choice: Choice}[]} */
  const cameras = matchMedia('(pointer: coarse)').matches
    ? [
        { label: 'Front camera', choice: { kind: 'camera', facing: 'user' } },
        { label: 'Back camera', choice: { kind: 'camera', facing: 'environment' } },
      ]
    : named.length > 0
      ? named.map(({ id, label }) => ({ label, choice: { kind: 'camera', id } }))
      : [{ label: 'Camera', choice: { kind: 'camera', id: '' } }];
  return PictureSource.screenAvailable ? [...cameras, { label: 'Screen, window or tab', choice: { kind: 'screen' } }] : cameras;
}

function entry(/** @type {string} */ label, /** @type {() => void} */ press) {
  const button = make('button', { className: 'sight', text: label });
  button.type = 'button';
  button.addEventListener('click', press);
  return button;
}
