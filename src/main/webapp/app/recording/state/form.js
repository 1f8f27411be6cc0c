// What is asked about a recording, and how the browser remembers it.

import { recall, remember } from '../../shared/memory.js';

/**
 * An empty model means the server's own, an empty language that the model finds it.
 * @typedef {{model: string, prompt: string, language: string}} Form
 */

/** @typedef {import('../../transport/batch/model-list.js').ModelList} ModelList */
/** @typedef {import('../../transport/batch/model-list.js').BatchModel} BatchModel */

const KEY = 'parley.recording';

/** As long as a server reads it in one field with ease. */
export const LONGEST_PROMPT = 8000;

/** @type {Form} */
export const DEFAULT_FORM = Object.freeze({
  model: '',
  prompt: 'Sum up what is said, in the language in which it is said.',
  language: '',
});

/**
 * A form out of what was stored, whoever wrote it.
 * @returns {Form}
 */
export function readForm(/** @type {unknown} */ stored) {
  const given = /** @type {Record<string, unknown>} */ (typeof stored === 'object' && stored !== null ? stored : {});
  const text = (/** @type {keyof Form} */ name) => (typeof given[name] === 'string' ? given[name] : DEFAULT_FORM[name]);
  return { model: text('model'), prompt: text('prompt').slice(0, LONGEST_PROMPT), language: text('language') };
}

/** Reads what this browser remembers. */
export function recallForm() {
  return recall(KEY, readForm);
}

/** Remembers. */
export function rememberForm(/** @type {Form} */ form) {
  remember(KEY, form);
}

/**
 * The model that a form means.
 * @param {Form} form
 * @param {ModelList | null} models
 * @returns {BatchModel | null} null while the server has not told
 */
export function chosenModel(form, models) {
  const offered = models?.batch ?? [];
  const named = (/** @type {string} */ name) => offered.find((model) => model.name === name);
  return named(form.model) ?? named(models?.defaultBatch ?? '') ?? offered[0] ?? null;
}

/**
 * What goes to the server: a model that is not offered any more is left to the server, and a model that only writes
 * down is asked nothing. Without a question the default one is asked.
 * @param {Form} form
 * @param {ModelList | null} models
 * @returns {Form}
 */
export function askedOf(form, models) {
  const model = chosenModel(form, models);
  const writesDown = model?.kind === 'transcription';
  return {
    model: model ? model.name : '',
    prompt: writesDown ? '' : form.prompt.trim() || DEFAULT_FORM.prompt,
    language: form.language,
  };
}
