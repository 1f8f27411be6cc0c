// Says in words why a camera or the screen could not be shown, and what to do; pure.

import { errorNotice } from '../shared/notice.js';

/** @typedef {import('../shared/notice.js').Notice} Notice */

/**
 * @param {'camera' | 'screen'} kind
 * @param {string} name of the DOMException (Media Capture and Streams, §10.2; Screen Capture, §5.1)
 * @returns {Notice | null} null when the person only changed their mind
 */
export function sightFailure(kind, name) {
  if (kind === 'screen') {
    // Cancelling the browser's question and forbidding it look the same.
    return name === 'NotAllowedError' || name === 'AbortError'
      ? null
      : errorNotice('The screen could not be shown.', 'Try again, and choose a window or a tab instead of the whole screen.');
  }
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return errorNotice('This page may not use the camera.', 'Allow it at the left of the address bar, or in the settings of this browser, and try again.');
    case 'NotFoundError':
    case 'OverconstrainedError':
      return errorNotice('No camera was found.', 'Plug one in, or show the screen instead.');
    case 'NotReadableError':
      return errorNotice('The camera is in use elsewhere.', 'Close the other program that uses it, and try again.');
    default:
      return errorNotice('The camera could not be opened.', 'Try again, or choose another one.');
  }
}
