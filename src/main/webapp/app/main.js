// Wires the page: one store, one conversation, and the views that draw the state.

import { WebmRecorder } from './audio/capture/webm-recorder.js';
import { Conversation } from './conversation/conversation.js';
import { reduce } from './conversation/state/reducer.js';
import { defaultSettings, recallSettings, usableFormat } from './conversation/state/settings.js';
import { initialState } from './conversation/state/state.js';
import { Store } from './shared/store.js';
import { composerView } from './view/talk/composer-view.js';
import { cornerView } from './view/talk/corner-view.js';
import { deviceView } from './view/device-view.js';
import { headView } from './view/head-view.js';
import { noticeView } from './view/notice-view.js';
import { settingsView } from './view/talk/settings-view.js';
import { talkView } from './view/talk/talk-view.js';
import { transcriptView } from './view/talk/transcript-view.js';

// Network Information API, §5: not in every browser and not in TypeScript's library.
const connection = /** @type {{connection?: {saveData?: boolean}}} */ (navigator).connection;
const webm = WebmRecorder.available;
const standard = defaultSettings(connection?.saveData === true);
const defaults = { ...standard, format: usableFormat(standard.format, webm) };
const recalled = recallSettings(defaults);
const store = new Store(initialState({ ...recalled, format: usableFormat(recalled.format, webm) }), reduce);
const conversation = new Conversation(store, (level) => talk.level(level));

const state = () => store.state;
const talk = talkView({
  press: () => conversation.press(),
  hold: (held) => conversation.hold(held),
  stop: () => void conversation.stop(),
  state,
});
composerView({ say: (text) => conversation.say(text) });

const views = [
  headView(),
  transcriptView(),
  noticeView('conversation', {
    retry: () => conversation.retry(),
    dismiss: () => store.dispatch({ type: 'noticeDismissed', place: 'conversation' }),
  }),
  noticeView('microphone', {
    retry: () => conversation.retry(),
    dismiss: () => store.dispatch({ type: 'noticeDismissed', place: 'microphone' }),
  }),
  talk.render,
  deviceView({
    choose: (device) => void conversation.choices.takeMicrophone(device),
    showAll: () => void conversation.choices.nameMicrophones(),
  }),
  settingsView(defaults, webm, { change: (settings) => conversation.choices.change(settings), state }),
  cornerView(),
];

// However many events a moment brings, it is drawn once.
let scheduled = false;
const draw = () => {
  scheduled = false;
  views.forEach((view) => view(store.state));
};
store.subscribe(() => {
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(draw);
  }
});
draw();
