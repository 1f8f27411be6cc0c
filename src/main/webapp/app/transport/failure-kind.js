// The table of everything that can end a conversation, as in dev.parley.shared.failure.FailureKind; a test compares them.

/**
 * One row.
 * @typedef {object} FailureKind
 * @property {number} closeCode WebSocket close code
 * @property {number} httpStatus the same meaning in HTTP
 * @property {boolean} retryable whether the same request may succeed later without anyone changing anything
 * @property {string} happened what it means, in a sentence
 * @property {string} advice what the person can do
 */

// One row per line, members in this order: FailureKindMirrorTest reads it literally.
// prettier-ignore
export const FAILURE_KINDS = Object.freeze({
  NORMAL: { closeCode: 1000, httpStatus: 200, retryable: false, happened: 'The conversation has ended.', advice: 'Press Start to begin a new one.' },
  BAD_MESSAGE: { closeCode: 4400, httpStatus: 400, retryable: false, happened: 'The server did not understand this page.', advice: 'Reload the page. If it happens again, put the settings back to their defaults.' },
  SIGN_IN_NEEDED: { closeCode: 4401, httpStatus: 401, retryable: false, happened: 'You need to sign in first.', advice: 'Sign in, then press Start.' },
  REFUSED: { closeCode: 4403, httpStatus: 403, retryable: false, happened: 'You are not allowed to talk here.', advice: 'Ask whoever runs this server for access.' },
  TIME_LIMIT: { closeCode: 4408, httpStatus: 408, retryable: false, happened: 'The time for this conversation is over.', advice: 'Press Start to begin a new one.' },
  TOO_LARGE: { closeCode: 4413, httpStatus: 413, retryable: false, happened: 'More was sent at once than the server takes.', advice: 'Send a shorter text, or choose low bandwidth in the settings, and press Start.' },
  UNSUPPORTED_AUDIO: { closeCode: 4415, httpStatus: 415, retryable: false, happened: 'The server could not understand the sound of this microphone.', advice: 'Choose another recording format in the settings and press Start.' },
  NO_CAPACITY: { closeCode: 4429, httpStatus: 429, retryable: true, happened: 'All lines are busy.', advice: 'Try again in a minute.' },
  UPSTREAM_REFUSED: { closeCode: 4502, httpStatus: 502, retryable: false, happened: 'Gemini refused this conversation.', advice: 'Choose the server\u2019s own model and voice in the settings. If that does not help, tell whoever runs this server.' },
  UPSTREAM_UNAVAILABLE: { closeCode: 4503, httpStatus: 503, retryable: true, happened: 'Gemini cannot be reached.', advice: 'Try again in a moment.' },
  DRAINING: { closeCode: 4508, httpStatus: 503, retryable: true, happened: 'This server is being restarted.', advice: 'Try again in a moment.' },
  INTERNAL: { closeCode: 1011, httpStatus: 500, retryable: true, happened: 'Something went wrong on the server.', advice: 'Try again. If it happens again, tell whoever runs this server.' },
});

/** What a browser reports when a connection breaks without a word (1006), or the other side goes away (1001). */
export const CONNECTION_LOST = Object.freeze({
  retryable: true,
  happened: 'The connection was lost.',
  advice: 'Check your network, then try again.',
});

/** The server ended it for a reason that this page, older than the server, does not know. */
export const ENDED_OTHERWISE = Object.freeze({
  retryable: false,
  happened: 'The server ended the conversation.',
  advice: 'Press Start to begin a new one.',
});

/** The server has no such conversation any more. */
export const CONVERSATION_GONE = Object.freeze({
  retryable: true,
  happened: 'This conversation is over.',
  advice: 'A conversation waits for its page only for a while. Try again to begin a new one.',
});

/** Says that the page never reached the server. */
export const CONNECTION_REFUSED = Object.freeze({
  retryable: true,
  happened: 'The server could not be reached.',
  advice: 'Check your network, then try again.',
});

/**
 * The row of a close code.
 * @param {number} closeCode
 * @returns {FailureKind | null} null when the table has no such code
 */
export function failureOf(closeCode) {
  return Object.values(FAILURE_KINDS).find((kind) => kind.closeCode === closeCode) ?? null;
}
