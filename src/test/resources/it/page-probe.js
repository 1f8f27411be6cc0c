// Runs in the page before its own scripts, in tests only: listens to what goes to the loudspeaker and what comes from
// the microphone, and keeps the browser from altering the microphone, so that recordings can be compared.
(() => {
  const probe = { taps: [], microphone: null };
  window.parleyProbe = probe;

  const connect = AudioNode.prototype.connect;
  const tapped = new WeakMap();
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      if (!tapped.has(target)) {
        const tap = new AnalyserNode(target.context, { fftSize: 2048 });
        tapped.set(target, tap);
        probe.taps.push(tap);
      }
      connect.call(this, tapped.get(target));
    }
    return connect.call(this, target, ...rest);
  };

  // Loudness of the last 43 ms that went to the loudspeaker, root mean square, 0 to 1.
  probe.loudness = () => {
    let loudest = 0;
    for (const tap of probe.taps) {
      const samples = new Float32Array(tap.fftSize);
      tap.getFloatTimeDomainData(samples);
      loudest = Math.max(loudest, Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length));
    }
    return loudest;
  };

  if (!('MediaDevices' in window)) {
    return; // an empty page, before the one under test is loaded into it
  }
  const getUserMedia = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function (constraints) {
    if (!constraints.audio) {
      return getUserMedia.call(this, constraints); // a camera
    }
    const audio = { ...constraints.audio, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await getUserMedia.call(this, { ...constraints, audio });
    const context = new AudioContext({ sampleRate: 16000 });
    probe.microphone = new AnalyserNode(context, { fftSize: 16384 });
    connect.call(context.createMediaStreamSource(stream), probe.microphone);
    return stream;
  };

  // The last second that came from the microphone, 16 kHz mono, as 16 bit samples; then a press of Stop, in one go.
  probe.lastWordsAndStop = () => {
    const samples = new Float32Array(probe.microphone.fftSize);
    probe.microphone.getFloatTimeDomainData(samples);
    document.getElementById('stop').click();
    return Array.from(samples, (value) => Math.round(Math.max(-1, Math.min(1, value)) * 32767));
  };
})();
