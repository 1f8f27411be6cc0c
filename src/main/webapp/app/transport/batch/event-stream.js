// Reads server-sent events as they come, whatever the pieces (WHATWG HTML, §9.2.6 "Interpreting an event stream").

/** @typedef {{type: string, data: string}} StreamEvent */

/** Parser of one stream. Ids and reconnection times are left out: an answer to a POST is not asked for twice. */
export class EventStreamParser {
  #onEvent;
  #decoder = new TextDecoder();
  /** The line in progress, in the pieces in which it came. */
  #line = /** @type {string[]} */ ([]);
  #afterReturn = false;
  #atStart = true;
  #type = '';
  /** @type {string[]} */
  #data = [];

  /** @param {(event: StreamEvent) => void} onEvent told of every event, in order */
  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  /**
   * Takes in what came next.
   * @param {string | Uint8Array<ArrayBuffer>} piece text, as XMLHttpRequest gives it, or bytes, as a fetch body gives them,
   *     which may end within a character
   */
  push(piece) {
    let text = typeof piece === 'string' ? piece : this.#decoder.decode(piece, { stream: true });
    if (text === '') {
      return;
    }
    if (this.#atStart) {
      this.#atStart = false;
      text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    }
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text[at];
      if (unit === '\n' && this.#afterReturn && at === from) {
        from = at + 1; // the second half of CR LF, perhaps of two pieces
      } else if (unit === '\n' || unit === '\r') {
        this.#line.push(text.slice(from, at));
        from = at + 1;
        this.#endLine();
      }
      this.#afterReturn = unit === '\r';
    }
    if (from < text.length) {
      this.#line.push(text.slice(from));
    }
  }

  #endLine() {
    const line = this.#line.join('');
    this.#line = [];
    if (line === '') {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') {
      this.#data.push(value);
    } else if (name === 'event') {
      this.#type = value;
    }
  }

  #dispatch() {
    const type = this.#type || 'message';
    const data = this.#data;
    this.#type = '';
    this.#data = [];
    if (data.length > 0) {
      this.#onEvent({ type, data: data.join('\n') });
    }
  }
}
