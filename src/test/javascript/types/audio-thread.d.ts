// What exists in AudioWorkletGlobalScope only (Web Audio API, §1.32); TypeScript's library describes the page's thread.

declare const sampleRate: number;

declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
  abstract process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}

declare function registerProcessor(name: string, processor: new (options: never) => AudioWorkletProcessor): void;
