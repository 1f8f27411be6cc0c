// Wakes the sound card for a conversation, or says in words why there is none.

import { insecureAddress } from '../audio/microphone-failure.js';
import { SoundCard } from '../audio/sound-card.js';

/**
 * Call it within a press of a button.
 * @param {SoundCard} card
 * @param {import('./store.js').Store} store is given a notice when there is no sound
 * @returns {Promise<AudioContext | null>} null when there is no sound
 */
export async function wakeOrExplain(card, store) {
  if (!SoundCard.available) {
    store.dispatch({ type: 'microphoneNotice', notice: insecureAddress(location.origin) });
    return null;
  }
  try {
    return await card.wake();
  } catch {
    const advice = 'Reload the page to try again. You can type below meanwhile: answers appear as text.';
    store.dispatch({
      type: 'microphoneNotice',
      notice: { tone: 'error', happened: 'Sound could not be started.', advice, steps: [], retry: false },
    });
    return null;
  }
}
