// Wakes the sound card, or says in words why there is none.

import { errorNotice } from '../shared/notice.js';
import { insecureAddress } from './capture/microphone-failure.js';
import { SoundCard } from './sound-card.js';

/**
 * Call it within a press of a button.
 * @param {SoundCard} card
 * @param {(notice: import('../shared/notice.js').Notice) => void} explain is told why there is no sound
 * @param {string} meanwhile what a person can do without, as a sentence
 * @returns {Promise<AudioContext | null>} null when there is no sound
 */
export async function wakeOrExplain(card, explain, meanwhile) {
  if (!SoundCard.available) {
    explain(insecureAddress(location.origin, meanwhile));
    return null;
  }
  try {
    return await card.wake();
  } catch {
    explain(errorNotice('Sound could not be started.', `Reload the page to try again. ${meanwhile}`));
    return null;
  }
}
