// Runs in the page before its own scripts, in tests only: the other side of its WebSocket, played by the test.
(() => {
  const server = { said: [], saidAt: [], bytes: 0, socket: null };
  window.parleyServer = server;

  window.WebSocket = class extends EventTarget {
    constructor(url) {
      super();
      this.url = url;
      this.readyState = 0;
      this.bufferedAmount = 0;
      server.socket = this;
      setTimeout(() => {
        this.readyState = 1;
        this.onopen?.();
      });
    }
    send(data) {
      if (typeof data === 'string') {
        server.said.push(JSON.parse(data));
        server.saidAt.push(performance.now());
      } else {
        server.bytes += data.byteLength;
      }
    }
    close(code = 1005) {
      this.closedWith = code;
      this.readyState = 3;
      setTimeout(() => this.onclose?.({ code, reason: '' }));
    }
  };

  server.tell = (message) => server.socket.onmessage({ data: JSON.stringify(message) });
  server.ready = (more = {}) =>
    server.tell({
      type: 'ready',
      conversation: 'c',
      model: 'gemini-3.8-live',
      output: { mimeType: 'audio/pcm;rate=24000' },
      endsInSeconds: 900,
      simulated: false,
      pictures: true,
      picturesForSeconds: 0,
      ...more,
    });
  // A tone, s16le mono 24 kHz.
  server.speak = (seconds) => {
    const samples = Int16Array.from({ length: 24000 * seconds }, (_, i) => 8000 * Math.sin(i / 9));
    server.socket.onmessage({ data: samples.buffer });
  };
  server.of = (type) => server.said.filter((message) => message.type === type);
})();
