// What the person shows beside talking: state, events, and how one becomes the other; pure.

import { quietNotice } from '../../shared/notice.js';

/** @typedef {import('../../shared/notice.js').Notice} Notice */
/** @typedef {import('../../sight/picture-source.js').Camera} Camera */

/**
 * @typedef {object} Showing
 * @property {'nothing' | 'asking' | 'camera' | 'screen'} what asking: the browser asks the person
 * @property {'user' | 'environment' | ''} facing side of a telephone that the camera looks to; empty when unknown
 * @property {Camera[]} cameras
 * @property {number} sent pictures of this showing
 * @property {boolean} welcome whether the model looks at pictures, as far as that is known
 * @property {number} limitSeconds for which the model takes sound and pictures together; 0: as long as the conversation
 * @property {Notice | null} notice
 */

/**
 * @typedef {{is: 'asked'} | {is: 'begun', what: 'camera' | 'screen', facing: Showing['facing']} | {is: 'sent'} | {is: 'over', notice: Notice | null}
 *   | {is: 'noticed', notice: Notice | null} | {is: 'cameras', cameras: Camera[]} | {is: 'agreed', welcome: boolean, limitSeconds: number}} Change
 */

/** @type {Showing} */
export const SHOWING_NOTHING = { what: 'nothing', facing: '', cameras: [], sent: 0, welcome: true, limitSeconds: 0, notice: null };

/** The next state. */
export function show(/** @type {Showing} */ showing, /** @type {Change} */ change) {
  /** @type {(next: Partial<Showing>) => Showing} */
  const next = (parts) => ({ ...showing, ...parts });
  switch (change.is) {
    case 'asked':
      return next({ what: 'asking', notice: null });
    case 'begun':
      return next({ what: change.what, facing: change.facing, sent: 0, notice: null });
    case 'sent':
      return next({ sent: showing.sent + 1 });
    case 'over':
      return next({ what: 'nothing', facing: '', notice: change.notice });
    case 'noticed':
      return next({ notice: change.notice });
    case 'cameras':
      return next({ cameras: change.cameras });
    case 'agreed':
      return next({ welcome: change.welcome, limitSeconds: change.limitSeconds });
  }
}

/** Whether something is shown, or about to be. */
export function isShowing(/** @type {Showing} */ showing) {
  return showing.what === 'camera' || showing.what === 'screen';
}

/** Says that the model does not look. */
export function notWelcome() {
  return quietNotice('This model looks at no pictures.', 'Nothing was shown to it. Choose another model in the settings.');
}

/** What stands beside the preview: what is shown to whom. */
export function showingWords(/** @type {Showing} */ showing, /** @type {boolean} */ live) {
  const what = showing.what === 'screen' ? 'your screen' : 'your camera';
  return live ? `Showing ${what}` : `Ready to show ${what}`;
}

/** What else to know about it. */
export function showingHint(/** @type {Showing} */ showing, /** @type {boolean} */ live) {
  if (!live) {
    return 'Nothing is sent until the conversation begins.';
  }
  const minutes = Math.round(showing.limitSeconds / 60);
  return showing.limitSeconds > 0 ? `This model takes sound and pictures together for ${minutes} minutes.` : 'One picture a second, without sound.';
}
