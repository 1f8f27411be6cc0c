// Puts into words why there is no microphone and what a person can do about it; pure.

import { errorNotice } from '../../shared/notice.js';

/** @typedef {import('../../shared/notice.js').Notice} Notice */

/** @typedef {'chrome' | 'edge' | 'firefox' | 'safari' | 'ios' | 'other'} Browser */

/** Which browser's way of granting permission has to be explained. */
export function browserOf(/** @type {string} */ userAgent) {
  /** @type {[RegExp, Browser][]} */
  const marks = [
    [/iPhone|iPad/, 'ios'],
    [/Edg\//, 'edge'],
    [/Firefox\//, 'firefox'],
    [/Chrome\/|Chromium\//, 'chrome'],
    [/Safari\//, 'safari'],
  ];
  return marks.find(([mark]) => mark.test(userAgent))?.[1] ?? 'other';
}

/** @type {Record<Browser, string[]>} */
const GRANT = {
  chrome: ['Open the icon to the left of the address.', 'Switch Microphone on.', 'Press the button again.'],
  edge: ['Open the lock to the left of the address.', 'Set Microphone to Allow.', 'Press the button again.'],
  firefox: ['Open the crossed-out microphone to the left of the address.', 'Remove the block.', 'Press the button again.'],
  safari: ['Open the Safari menu, then Settings for This Website.', 'Set Microphone to Allow.', 'Press the button again.'],
  ios: ['Open the page menu beside the address, then Website Settings.', 'Set Microphone to Allow.', 'Press the button again.'],
  other: ['Open the site settings of your browser.', 'Allow the microphone for this page.', 'Press the button again.'],
};

/**
 * The address is not secure, so the browser hides the microphone.
 * @param {string} origin
 * @param {string} meanwhile what a person can do without, as a sentence
 * @returns {Notice}
 */
export function insecureAddress(origin, meanwhile) {
  return errorNotice(
    'This address cannot use a microphone or play sound.',
    `Browsers allow that only over https or on localhost; this page came from ${origin}. Ask whoever runs it for an https address. ${meanwhile}`,
  );
}

/**
 * Opening a microphone failed.
 * @param {string} name of the DOMException (Media Capture and Streams, getUserMedia)
 * @param {string} userAgent
 * @param {string} meanwhile what a person can do without, as a sentence
 * @returns {Notice}
 */
export function microphoneFailure(name, userAgent, meanwhile) {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return errorNotice('The microphone is blocked for this page.', meanwhile, GRANT[browserOf(userAgent)]);
    case 'NotFoundError':
    case 'OverconstrainedError':
      return errorNotice('No microphone was found.', `Plug one in or switch it on, then press the button again. ${meanwhile}`);
    case 'NotReadableError':
    case 'AbortError':
      return errorNotice(
        'The microphone could not be opened.',
        `Another program may be using it. Close that program, or choose another microphone beside the button. ${meanwhile}`,
      );
    default:
      return errorNotice('The microphone could not be opened.', `Press the button to try again, or choose another one. ${meanwhile}`);
  }
}
