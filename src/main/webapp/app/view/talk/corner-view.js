// The quiet corner for the curious: latency of the last answer, model, bytes.

import { size } from '../../shared/measures.js';
import { byId, make } from '../element.js';

/** @returns {(state: import('../../conversation/state/state.js').State) => void} draws */
export function cornerView() {
  const corner = byId('corner', HTMLElement);
  let drawn = '';

  return ({ figures, reconnecting, unsteady, phase }) => {
    const { answerMillis, model, bytesUp, bytesDown } = figures;
    const upstream = phase !== 'live' ? '' : reconnecting ? 'Gemini reconnecting' : unsteady ? 'Network slow' : 'Gemini connected';
    const facts = [
      answerMillis === null ? '' : `Answered after ${(answerMillis / 1000).toFixed(2)} s`,
      model,
      upstream,
      bytesUp + bytesDown === 0 ? '' : `Sent ${size(bytesUp)}, received ${size(bytesDown)}`,
    ].filter((fact) => fact !== '');
    if (facts.join('\n') !== drawn) {
      drawn = facts.join('\n');
      corner.replaceChildren(...facts.map((text) => make('li', { text })));
    }
  };
}
