/** A browser's socket as far as the page uses it; remembers what it was given. */
export class FakeSocket {
  readyState = 0;
  bufferedAmount = 0;
  binaryType = '';
  /** @type {(string | ArrayBufferView<ArrayBuffer>)[]} */
  sent = [];
  onopen = () => undefined;
  onmessage = (/** @type {{data: unknown}} */ _event) => undefined;
  onclose = (/** @type {{code: number, reason: string}} */ _event) => undefined;

  send(/** @type {string | ArrayBufferView<ArrayBuffer>} */ data) {
    this.sent.push(data);
  }

  /** By the page, or by whoever else; 1006 is what a browser tells when nobody said why. */
  close(code = 1006) {
    this.readyState = 3;
    this.onclose({ code, reason: '' });
  }

  /** Itself as the page's sources want it. */
  get asWebSocket() {
    return /** @type {WebSocket} */ (/** @type {unknown} */ (this));
  }
}
