// Runs in the page before its own scripts, in tests only: counts on the audio thread what the player renders after a cut,
// and when the first sound of an answer is rendered.
(() => {
  const counting = `
    const register = globalThis.registerProcessor;
    globalThis.registerProcessor = (name, type) => register(name, name !== 'player' ? type : class extends type {
      constructor(options) {
        super(options);
        const inner = this.port.onmessage;
        this.cut = null;
        this.awaited = false;
        this.port.onmessage = (event) => {
          inner.call(this.port, event);
          if (event.data.type === 'cut') {
            this.cut = { type: 'silence', handledFrame: currentFrame, quanta: 0, lastFrame: currentFrame };
          } else if (event.data.type === 'audio') {
            this.awaited = true;
          }
        };
      }
      process(inputs, outputs) {
        const alive = super.process(inputs, outputs);
        const output = outputs[0][0];
        if (this.awaited && output.some((value) => value !== 0)) {
          this.awaited = false;
          this.port.postMessage({ type: 'sound', frame: currentFrame + output.findIndex((value) => value !== 0) });
        }
        if (this.cut) {
          this.cut.quantum = output.length;
          const last = output.findLastIndex((value) => value !== 0);
          if (last >= 0) {
            this.cut.lastFrame = currentFrame + last + 1;
          }
          this.cut.quanta++;
          if (this.cut.quanta === 40) {
            this.port.postMessage(this.cut);
            this.cut = null;
          }
        }
        return alive;
      }
    });`;
  const addModule = AudioWorklet.prototype.addModule;
  AudioWorklet.prototype.addModule = async function (url) {
    if (String(url).includes('player-processor')) {
      await addModule.call(this, URL.createObjectURL(new Blob([counting], { type: 'text/javascript' })));
    }
    return addModule.call(this, url);
  };

  const waiting = { silence: [], sound: [] };
  window.AudioWorkletNode = class extends AudioWorkletNode {
    constructor(context, name, options) {
      super(context, name, options);
      if (name === 'player') {
        this.port.addEventListener('message', (event) => {
          if (event.data.type in waiting) {
            event.stopImmediatePropagation();
            waiting[event.data.type].shift()?.(event.data);
          }
        });
      }
    }
  };
  const next = (type) => new Promise((resolve) => waiting[type].push(resolve));

  // One answer that the person cuts; milliseconds of the audio clock after the message arrived, and samples.
  window.parleyCut = async () => {
    const context = window.parleyProbe.taps[0]?.context;
    const rate = context?.sampleRate ?? 48000;
    const began = context?.currentTime ?? 0;
    const sound = next('sound');
    window.parleyServer.tell({ type: 'outputTranscript', text: 'A story', turn: 1 });
    window.parleyServer.speak(1);
    const { frame } = await sound;
    await new Promise((resolve) => setTimeout(resolve, 40 + Math.random() * 40));
    const silence = next('silence');
    const arrived = context.currentTime;
    window.parleyServer.tell({ type: 'interrupted', turn: 1 });
    const { handledFrame, lastFrame, quantum } = await silence;
    window.parleyServer.tell({ type: 'turnComplete', turn: 1 });
    return {
      quantum,
      samplesAfterCut: lastFrame - handledFrame,
      silentAfterMillis: (1000 * lastFrame) / rate - 1000 * arrived,
      soundAfterMillis: (1000 * frame) / rate - 1000 * began,
    };
  };
})();
