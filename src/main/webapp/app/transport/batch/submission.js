// Sends one recording to /audio-stream and hands over the answer as it comes.
// XMLHttpRequest, because no browser but Chromium streams a fetch's request body, and none tells how far an upload is.

import { parseMembers } from '../members.js';
import { readAnswerEvent, readProblem } from './answer-event.js';
import { EventStreamParser } from './event-stream.js';

/** @typedef {import('./answer-event.js').AnswerEvent} AnswerEvent */

/**
 * Empty strings are not sent: the server chooses.
 * @typedef {{file: Blob, name: string, model: string, prompt: string, language: string}} Recording
 */

/**
 * @typedef {object} SubmissionListener
 * @property {(sent: number, total: number) => void} uploaded bytes of the request on their way; not the very last word
 * @property {(event: AnswerEvent) => void} event `done` or `error` is told exactly once, last of all
 */

/** The code of a failure that no server told. */
export const UNREACHABLE = 'UNREACHABLE';
export const BROKEN_OFF = 'BROKEN_OFF';
export const NOT_PARLEY = 'NOT_PARLEY';

/** Where recordings go, seen from a page: beside it, whatever the context path. */
export function submissionUrl(/** @type {string} */ baseUri) {
  return new URL('audio-stream', baseUri);
}

/** One request; everything happens on the page's thread. */
export class Submission {
  #request;
  #listener;
  #parser = new EventStreamParser((event) => this.#tell(readAnswerEvent(event)));
  #over = false;
  #uploaded = false;
  #read = 0;

  /**
   * Sends at once.
   * @param {URL} url
   * @param {Recording} recording
   * @param {SubmissionListener} listener
   * @param {() => XMLHttpRequest} [make]
   */
  constructor(url, recording, listener, make = () => new XMLHttpRequest()) {
    this.#listener = listener;
    const request = make();
    this.#request = request;
    request.open('POST', url);
    request.setRequestHeader('Accept', 'text/event-stream');
    request.upload.onprogress = ({ loaded, total }) => !this.#over && listener.uploaded(loaded, total);
    request.upload.onload = () => {
      this.#uploaded = true;
    };
    request.onprogress = () => this.#take();
    request.onload = () => this.#loaded();
    request.onerror = () => this.#fail(this.#uploaded ? BROKEN_OFF : UNREACHABLE, 0);
    request.send(form(recording));
  }

  /** Gives it up; nothing is told any more. */
  cancel() {
    this.#over = true;
    this.#request.abort();
  }

  get #streams() {
    const type = this.#request.getResponseHeader('Content-Type') ?? '';
    return this.#request.status === 200 && type.startsWith('text/event-stream');
  }

  #take() {
    if (!this.#over && this.#streams) {
      const all = this.#request.responseText;
      const piece = all.slice(this.#read);
      this.#read = all.length;
      this.#parser.push(piece);
    }
  }

  #loaded() {
    this.#take();
    const { status, responseText } = this.#request;
    if (this.#streams) {
      this.#fail(BROKEN_OFF, 0);
    } else if (status >= 400) {
      this.#tell({ type: 'error', problem: readProblem(parseMembers(responseText), status) });
    } else {
      this.#fail(NOT_PARLEY, status);
    }
  }

  #fail(/** @type {string} */ code, /** @type {number} */ status) {
    const retryable = code !== NOT_PARLEY;
    this.#tell({ type: 'error', problem: { status, code, title: '', detail: '', retryable, retryAfterSeconds: null } });
  }

  #tell(/** @type {AnswerEvent} */ event) {
    if (!this.#over && event.type !== 'unknown') {
      this.#over = event.type === 'done' || event.type === 'error';
      this.#listener.event(event);
    }
  }
}

/** The file comes last, so that a server can refuse the rest before it has read it. */
function form(/** @type {Recording} */ { file, name, model, prompt, language }) {
  const body = new FormData();
  for (const [field, value] of Object.entries({ model, prompt, language })) {
    if (value !== '') {
      body.append(field, value);
    }
  }
  body.append('file', file, name);
  return body;
}
