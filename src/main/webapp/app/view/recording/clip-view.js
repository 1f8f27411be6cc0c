// What will be sent: its name and size, whether it can be seen and heard here, saving and removing it.

import { byId, say } from '../element.js';
import { isUnderWay } from '../../recording/state/state.js';
import { size, wholeSeconds } from '../../shared/measures.js';
import { playerView } from './player-view.js';

/** @typedef {import('../../recording/state/state.js').State} State */

const HINTS = {
  drawing: 'Reading it\u2026',
  drawn: '',
  unreadable: 'This browser cannot play this file. It can be sent all the same.',
  long: 'It is too long to be drawn here. It can be played and sent.',
};

/**
 * @param {{remove: () => void, saved: () => void}} actions
 * @returns {(state: State) => void} draws
 */
export function clipView(actions) {
  const card = byId('clip', HTMLElement);
  const name = byId('clip-name', HTMLElement);
  const facts = byId('clip-facts', HTMLElement);
  const hint = byId('clip-hint', HTMLElement);
  const save = byId('save-clip', HTMLAnchorElement);
  const remove = byId('remove-clip', HTMLButtonElement);
  const player = playerView();
  let shown = 0;

  remove.addEventListener('click', actions.remove);
  save.addEventListener('click', actions.saved);

  return (state) => {
    const { clip, picture } = state;
    card.hidden = clip === null || state.capture !== 'rest';
    player(state);
    if ((clip?.id ?? 0) !== shown) {
      shown = clip?.id ?? 0;
      URL.revokeObjectURL(save.href);
      if (clip) {
        save.href = URL.createObjectURL(clip.blob);
        save.download = clip.name;
      }
    }
    if (clip) {
      save.hidden = clip.source === 'file';
      remove.disabled = isUnderWay(state);
      say(name, clip.source === 'file' ? clip.name : 'Your recording');
      const length = picture.kind === 'drawn' ? `${wholeSeconds(picture.seconds)}, ` : '';
      say(facts, `${length}${size(clip.blob.size)}`);
      say(hint, HINTS[picture.kind]);
      hint.hidden = HINTS[picture.kind] === '';
    }
  };
}
