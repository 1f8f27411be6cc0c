// The browser protocol of /ws/audio-live: what this page sends and what it understands.

import { members, number, numberOrNull, parseMembers, text } from './members.js';

/**
 * Client to server; `heard.turn` says to which answer `millis` belongs, and with its first sound `answeredAfterMillis` how
 * long after the person's last words it came.
 * @typedef {{type: 'start', audio: {mimeType: string}, model?: string, voice?: string, language?: string,
 *     systemInstruction?: string, modality?: 'AUDIO' | 'TEXT', turnTaking: 'auto' | 'manual',
 *     interruptible?: boolean, vocabulary?: string[], search?: boolean}
 *   | {type: 'start', resume: string, lastHeardMillis: number, lastHeardTurn: number}
 *   | {type: 'text', text: string}
 *   | {type: 'image', mimeType: string, data: string}
 *   | {type: 'activityStart'} | {type: 'activityEnd'} | {type: 'audioStreamEnd'}
 *   | {type: 'heard', millis: number, turn?: number, answeredAfterMillis?: number}
 *   | {type: 'toolDecision', call: number, allow: boolean}
 *   | {type: 'stop'}} ClientMessage
 */

/**
 * Server to client. `output`: the binary messages after it are of that type. `ended`: the last one, with the code of the
 * close frame that follows and a reason that, unlike there, is not cut short.
 * @typedef {{type: 'waiting', position: number, ahead: number}
 *   | {type: 'ready', conversation: string, model: string, outputMimeType: string, endsInSeconds: number | null, simulated: boolean,
 *     resume: string, resumed: boolean, received: number, pictures: boolean, picturesForSeconds: number}
 *   | {type: 'history', lines: HistoryLine[]}
 *   | {type: 'notResumed', message: string}
 *   | {type: 'output', mimeType: string}
 *   | {type: 'inputTranscript', text: string, turn: number}
 *   | {type: 'outputTranscript', text: string, turn: number}
 *   | {type: 'inputPreview', text: string}
 *   | {type: 'text', text: string}
 *   | {type: 'sources', sources: Source[], suggestions: string, turn: number}
 *   | {type: 'speechStart', atMillis: number | null} | {type: 'speechEnd', atMillis: number | null} | {type: 'interrupted'}
 *   | {type: 'turnComplete', turn: number | null}
 *   | {type: 'tool', call: number, title: string, state: ToolState, arguments: string}
 *   | {type: 'timeLeft', seconds: number}
 *   | {type: 'reconnecting'}
 *   | {type: 'resumed', audioLostMillis: number}
 *   | {type: 'unsteady'} | {type: 'steady'}
 *   | {type: 'error', code: string, message: string, retryable: boolean}
 *   | {type: 'ended', code: number, reason: string, retryable: boolean}
 *   | {type: 'unknown'}} ServerMessage
 */

/**
 * One voice's part of one turn, as the server has it; `heardChars` of its text were heard.
 * @typedef {{turn: number, voice: 'person' | 'model', text: string, heardChars: number, interrupted: boolean}} HistoryLine
 */

/** @typedef {{title: string, uri: string}} Source `uri` begins with http: or https:, whatever the server sent */

/** @typedef {import('./members.js').Members} Members */

/** @typedef {'asking' | 'called' | 'done' | 'failed' | 'refused' | 'cancelled'} ToolState */

const TOOL_STATES = /** @type {const} */ (['asking', 'called', 'done', 'failed', 'refused', 'cancelled']);

/** @returns {HistoryLine} */
function historyLine(/** @type {Members} */ line) {
  return {
    turn: number(line.turn),
    voice: line.voice === 'model' ? 'model' : 'person',
    text: text(line.text),
    heardChars: number(line.heardChars),
    interrupted: line.interrupted === true,
  };
}

/** @type {Record<string, (message: Members) => ServerMessage>} */
const READERS = {
  waiting: (m) => ({ type: 'waiting', position: number(m.position), ahead: number(m.ahead) }),
  ready: (m) => ({
    type: 'ready',
    conversation: text(m.conversation),
    model: text(m.model),
    outputMimeType: text(members(m.output).mimeType),
    endsInSeconds: numberOrNull(m.endsInSeconds),
    simulated: m.simulated === true,
    resume: text(m.resume),
    resumed: m.resumed === true,
    received: number(m.received),
    pictures: m.pictures === true,
    picturesForSeconds: number(m.picturesForSeconds),
  }),
  history: (m) => ({ type: 'history', lines: Array.isArray(m.lines) ? m.lines.map((line) => historyLine(members(line))) : [] }),
  notResumed: (m) => ({ type: 'notResumed', message: text(m.message) }),
  output: (m) => ({ type: 'output', mimeType: text(members(m.output).mimeType) }),
  inputTranscript: (m) => ({ type: 'inputTranscript', text: text(m.text), turn: number(m.turn) }),
  outputTranscript: (m) => ({ type: 'outputTranscript', text: text(m.text), turn: number(m.turn) }),
  inputPreview: (m) => ({ type: 'inputPreview', text: text(m.text) }),
  text: (m) => ({ type: 'text', text: text(m.text) }),
  sources: (m) => ({ type: 'sources', sources: (Array.isArray(m.sources) ? m.sources : []).flatMap(readSource), suggestions: text(m.suggestions), turn: number(m.turn) }),
  speechStart: (m) => ({ type: 'speechStart', atMillis: numberOrNull(m.atMillis) }),
  speechEnd: (m) => ({ type: 'speechEnd', atMillis: numberOrNull(m.atMillis) }),
  interrupted: () => ({ type: 'interrupted' }),
  turnComplete: (m) => ({ type: 'turnComplete', turn: numberOrNull(m.turn) }),
  tool: (m) => {
    const state = TOOL_STATES.find((known) => known === m.state);
    return state ? { type: 'tool', call: number(m.call), title: text(m.title) || text(m.name), state, arguments: text(m.arguments) } : { type: 'unknown' };
  },
  timeLeft: (m) => ({ type: 'timeLeft', seconds: number(m.seconds) }),
  reconnecting: () => ({ type: 'reconnecting' }),
  resumed: (m) => ({ type: 'resumed', audioLostMillis: number(m.audioLostMillis) }),
  unsteady: () => ({ type: 'unsteady' }),
  steady: () => ({ type: 'steady' }),
  error: (m) => ({ type: 'error', code: text(m.code), message: text(m.message), retryable: m.retryable === true }),
  ended: (m) => {
    const code = numberOrNull(m.code);
    // Without a code it tells nothing that the close frame would not.
    return code === null ? { type: 'unknown' } : { type: 'ended', code, reason: text(m.reason), retryable: m.retryable === true };
  },
};

/** @returns {Source[]} none when it could be anything else than a link to the web */
function readSource(/** @type {unknown} */ value) {
  const source = members(value);
  const uri = text(source.uri);
  const web = URL.canParse(uri) && ['http:', 'https:'].includes(new URL(uri).protocol);
  return web ? [{ title: text(source.title) || new URL(uri).host, uri }] : [];
}

/**
 * Reads a text frame. Members of a wrong type count as absent; what is not understood at all becomes `unknown`, as a
 * newer server may say more than this page knows.
 * @param {string} frame
 * @returns {ServerMessage}
 */
export function parseServerMessage(frame) {
  const message = parseMembers(frame);
  const type = text(message.type);
  return Object.hasOwn(READERS, type) ? /** @type {(m: Members) => ServerMessage} */ (READERS[type])(message) : { type: 'unknown' };
}

/**
 * The first message of a conversation.
 * @param {{model: string, voice: string, language: string, instruction: string, turnTaking: 'auto' | 'whole' | 'manual',
 *     answers: 'voice' | 'text', search: '' | 'on', vocabulary: string[]}} settings empty
 *     strings mean "as the server is set up"
 * @param {string} mimeType of the audio that may follow
 * @returns {ClientMessage}
 */
export function startMessage(settings, mimeType) {
  const { model, voice, language, instruction, turnTaking, answers, search, vocabulary } = settings;
  return {
    type: 'start',
    audio: { mimeType },
    turnTaking: turnTaking === 'manual' ? 'manual' : 'auto',
    ...(turnTaking === 'whole' && { interruptible: false }),
    ...(model && { model }),
    ...((model.includes('transcribe') || answers === 'text') && { modality: 'TEXT' }),
    ...(vocabulary.length > 0 && { vocabulary }),
    ...(search && { search: true }),
    ...(voice && { voice }),
    ...(language && { language }),
    ...(instruction && { systemInstruction: instruction }),
  };
}
