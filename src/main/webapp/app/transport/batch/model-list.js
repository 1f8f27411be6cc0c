// Asks the server which models it offers.

import { members, text } from '../members.js';

/** Longest wait for the list, ms: the server may have to ask Google first. */
const PATIENCE_MILLIS = 20000;

/**
 * `understanding` answers what it is asked about a recording; `transcription` writes down what is said.
 * @typedef {{name: string, title: string, kind: 'understanding' | 'transcription', description: string}} BatchModel
 */

/**
 * What a conversation may ask for. No languages: any.
 * @typedef {{models: {name: string, title: string}[], voices: string[], languages: string[], instruction: boolean, search: boolean}} Offer
 */

/** @typedef {{batch: BatchModel[], defaultBatch: string, simulated: boolean, offer: Offer | null}} ModelList */

/** @returns {Offer | null} null when the server does not say, as older ones do not */
function readOffer(/** @type {unknown} */ live, /** @type {unknown} */ conversation) {
  const { voices, languages, systemInstruction, search } = members(conversation);
  const texts = (/** @type {unknown} */ list) => (Array.isArray(list) ? list : []).map(text).filter((entry) => entry !== '');
  const models = (Array.isArray(live) ? live : []).map(members).map((model) => ({ name: text(model.name), title: text(model.title) || text(model.name) }));
  return Array.isArray(voices)
    ? { models: models.filter((model) => model.name !== ''), voices: texts(voices), languages: texts(languages), instruction: systemInstruction !== false, search: search !== 'never' }
    : null;
}

/**
 * Reads the list; models without a name are left out.
 * @param {unknown} document
 * @returns {ModelList}
 */
export function readModelList(document) {
  const { batch, defaultBatch, simulated, live, conversation } = members(document);
  const models = (Array.isArray(batch) ? batch : []).map(members).map((model) => {
    /** @type {BatchModel['kind']} */
    const kind = model.kind === 'transcription' ? 'transcription' : 'understanding';
    return { name: text(model.name), title: text(model.title) || text(model.name), kind, description: text(model.description) };
  });
  return { batch: models.filter((model) => model.name !== ''), defaultBatch: text(defaultBatch), simulated: simulated === true, offer: readOffer(live, conversation) };
}

/**
 * @param {string} baseUri of the page
 * @param {typeof fetch} [ask]
 * @returns {Promise<ModelList>} rejects when the server does not say
 */
export async function fetchModelList(baseUri, ask = fetch) {
  const response = await ask(new URL('api/models', baseUri), {
    headers: { Accept: 'application/json' },
    signal: AbortSignal.timeout(PATIENCE_MILLIS),
  });
  if (!response.ok) {
    throw new Error(`The list of models came with status ${response.status}`);
  }
  return readModelList(await response.json());
}
