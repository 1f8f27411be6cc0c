// What a person may choose, and how the browser remembers it.

import { recall, remember } from '../../shared/memory.js';

/**
 * Empty strings mean "as the server is set up".
 * @typedef {object} Settings
 * @property {string} model
 * @property {string} voice
 * @property {string} language BCP 47
 * @property {string} instruction
 * @property {'auto' | 'whole' | 'manual'} turnTaking whole: answers are not cut, for loudspeakers; manual: hold to talk
 * @property {'voice' | 'text'} answers text: read, not heard
 * @property {'' | 'on'} search whether the model may look things up
 * @property {string} vocabulary words that may be said, separated by commas or lines
 * @property {'pcm' | 'webm' | 'webm-32k'} format how the microphone is sent
 * @property {string} microphone device id
 * @property {string} microphoneLabel its name, to say what is missing
 */

const KEY = 'parley.settings';
/** As long as a server reads it in one message with ease. */
export const LONGEST_INSTRUCTION = 8000;
export const LONGEST_VOCABULARY = 4000;
/** As many as a server takes. */
const MOST_WORDS = 100;

export const TURN_TAKINGS = /** @type {const} */ (['auto', 'whole', 'manual']);
export const ANSWERS = /** @type {const} */ (['voice', 'text']);
export const FORMATS = /** @type {const} */ (['pcm', 'webm', 'webm-32k']);

export const MODELS = /** @type {const} */ ([
  ['', 'As this server is set up'],
  ['gemini-3.8-live', 'Gemini 3.8 Live'],
  ['gemini-3.8-live-extended-thinking', 'Gemini 3.8 Live, thinks longer'],
  ['gemini-3.5-transcribe-live', 'Gemini 3.5 Transcribe, writes down only'],
]);

/** Prebuilt voices of the Live API (speech generation guide, "Voice options"). */
export const VOICES = (
  'Achernar Achird Algenib Algieba Alnilam Aoede Autonoe Callirrhoe Charon Despina Enceladus Erinome Fenrir Gacrux ' +
  'Iapetus Kore Laomedeia Leda Orus Puck Pulcherrima Rasalgethi Sadachbia Sadaltager Schedar Sulafat Umbriel ' +
  'Vindemiatrix Zephyr Zubenelgenubi'
).split(' ');

/** A format that this browser can record; PCM always can be. */
export function usableFormat(/** @type {Settings['format']} */ format, /** @type {boolean} */ webmAvailable) {
  return webmAvailable ? format : 'pcm';
}

/**
 * What counts until a person chooses otherwise. PCM is heard 60 to 100 ms earlier; it needs 256 kbit/s.
 * @param {boolean} saveData whether the person asked the browser to save data
 * @returns {Settings}
 */
export function defaultSettings(saveData) {
  return {
    model: '',
    voice: '',
    language: '',
    instruction: '',
    turnTaking: 'auto',
    answers: 'voice',
    search: '',
    vocabulary: '',
    format: saveData ? 'webm-32k' : 'pcm',
    microphone: '',
    microphoneLabel: '',
  };
}

/**
 * Settings out of what was stored, whoever wrote it: what is not understood falls back to `defaults`.
 * @param {unknown} stored
 * @param {Settings} defaults
 * @returns {Settings}
 */
export function readSettings(stored, defaults) {
  const given = /** @type {Record<string, unknown>} */ (typeof stored === 'object' && stored !== null ? stored : {});
  const text = (/** @type {keyof Settings} */ name) => (typeof given[name] === 'string' ? given[name] : defaults[name]);
  return {
    model: text('model'),
    voice: text('voice'),
    language: text('language'),
    instruction: text('instruction').slice(0, LONGEST_INSTRUCTION),
    turnTaking: TURN_TAKINGS.find((known) => known === given.turnTaking) ?? defaults.turnTaking,
    answers: ANSWERS.find((known) => known === given.answers) ?? defaults.answers,
    search: given.search === 'on' ? 'on' : '',
    vocabulary: text('vocabulary').slice(0, LONGEST_VOCABULARY),
    format: FORMATS.find((known) => known === given.format) ?? defaults.format,
    microphone: text('microphone'),
    microphoneLabel: text('microphoneLabel'),
  };
}

/** The words of a vocabulary as a person writes it. */
export function wordsOf(/** @type {string} */ vocabulary) {
  const words = vocabulary.split(/[,;\n]/).map((word) => word.trim().slice(0, 80));
  return [...new Set(words)].filter((word) => word !== '').slice(0, MOST_WORDS);
}

/** Reads what this browser remembers. */
export function recallSettings(/** @type {Settings} */ defaults) {
  return recall(KEY, (stored) => readSettings(stored, defaults));
}

/** Remembers. */
export function rememberSettings(/** @type {Settings} */ settings) {
  remember(KEY, settings);
}
