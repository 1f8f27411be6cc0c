// Wires the page: for each tab a store, a conductor, and the views that draw its state.

import { MicrophoneClaim } from './audio/capture/microphone-claim.js';
import { WebmRecorder } from './audio/capture/webm-recorder.js';
import { SoundCard } from './audio/sound-card.js';
import { Comeback } from './conversation/comeback/comeback.js';
import { Conversation } from './conversation/conversation.js';
import { Eye } from './conversation/showing/eye.js';
import { reduce as reduceTalk } from './conversation/state/reducer.js';
import { defaultSettings, recallSettings, usableFormat } from './conversation/state/settings.js';
import { initialState as initialTalk, isAtRest } from './conversation/state/state.js';
import { statusOf as talkStatus } from './conversation/state/status.js';
import { Recording } from './recording/recording.js';
import { recallForm } from './recording/state/form.js';
import { reduce as reduceTape } from './recording/state/reducer.js';
import { initialState as initialTape, isUnderWay, maySend } from './recording/state/state.js';
import { statusOf as tapeStatus } from './recording/state/words.js';
import { Store } from './shared/store.js';
import { fetchModelList } from './transport/batch/model-list.js';
import { deviceView } from './view/device-view.js';
import { headView } from './view/head-view.js';
import { noticeView } from './view/notice-view.js';
import { personView } from './view/person-view.js';
import { answerView } from './view/recording/answer-view.js';
import { captureView } from './view/recording/capture-view.js';
import { clipView } from './view/recording/clip-view.js';
import { doubtView } from './view/recording/doubt-view.js';
import { requestView } from './view/recording/request-view.js';
import { tabsView } from './view/tabs-view.js';
import { composerView } from './view/talk/composer-view.js';
import { cornerView } from './view/talk/corner-view.js';
import { exportView } from './view/talk/export-view.js';
import { settingsView } from './view/talk/settings-view.js';
import { showingView } from './view/talk/showing-view.js';
import { talkView } from './view/talk/talk-view.js';
import { transcriptView } from './view/talk/transcript/transcript-view.js';

// Network Information API, §5: not in every browser and not in TypeScript's library.
const connection = /** @type {{connection?: {saveData?: boolean}}} */ (navigator).connection;
const webm = WebmRecorder.available;
const standard = defaultSettings(connection?.saveData === true);
const defaults = { ...standard, format: usableFormat(standard.format, webm) };
const recalled = recallSettings(defaults);

const talking = new Store(initialTalk({ ...recalled, format: usableFormat(recalled.format, webm) }), reduceTalk);
const taping = new Store(initialTape(recallForm()), reduceTape);
const sound = new SoundCard();
const claim = new MicrophoneClaim();
const conversation = new Conversation(talking, (level) => talk.level(level), { sound, claim });
const comeback = new Comeback(talking, conversation, { storage: () => sessionStorage, locks: navigator.locks });
const eye = new Eye(talking, (message) => conversation.send(message), (stream) => showing.stream(stream));
const recording = new Recording(taping, (level) => capture.level(level), {
  sound,
  claim,
  chosen: () => ({ id: talking.state.settings.microphone, label: talking.state.settings.microphoneLabel }),
  allowed: () => void conversation.choices.listMicrophones(),
});

const head = headView();
const person = personView(document.baseURI, () => conversation.leave());
const talk = talkView({
  press: () => conversation.press(),
  hold: (held) => conversation.hold(held),
  stop: () => void conversation.stop(),
  state: () => talking.state,
});
const capture = captureView({ press: () => recording.press(), take: (file) => recording.take(file) });
composerView({ say: (text) => conversation.say(text) });

const showing = showingView({ show: (choice) => void eye.show(choice), turn: () => void eye.turn(), stop: () => eye.stop() });
const showingNotice = noticeView('showing', {
  retry: () => undefined,
  dismiss: () => talking.dispatch({ type: 'showing', change: { is: 'noticed', notice: null } }),
});

const talkNotices = /** @type {const} */ (['conversation', 'microphone']).map((place) =>
  noticeView(place, {
    retry: () => conversation.retry(),
    dismiss: () => talking.dispatch({ type: 'noticeDismissed', place }),
  }),
);
const talkViews = [
  transcriptView({ decide: (call, allow) => conversation.decide(call, allow) }),
  talk.render,
  deviceView({
    choose: (device) => void conversation.choices.takeMicrophone(device),
    showAll: () => void conversation.choices.nameMicrophones(),
  }),
  settingsView(defaults, webm, {
    change: (settings) => conversation.choices.change(settings),
    state: () => talking.state,
    // A server that does not say restricts nothing here: it refuses with what it allows.
    offer: () => fetchModelList(document.baseURI).then((list) => list.offer, () => null),
  }),
  cornerView(),
  exportView({ state: () => talking.state }),
];

const tapeNotices = /** @type {const} */ (['capture', 'answer', 'models']).map((place) =>
  noticeView(place, {
    retry: () => void (place === 'models' ? recording.listModels() : recording.send()),
    dismiss: () => taping.dispatch({ type: 'notice', place, notice: null }),
  }),
);
const tapeViews = [
  clipView({ remove: () => recording.remove(), saved: () => taping.dispatch({ type: 'clipSaved' }) }),
  requestView({ change: (form) => recording.changeForm(form), send: () => void recording.send(), state: () => taping.state }),
  answerView({ cancel: () => recording.cancel(), state: () => taping.state }),
  doubtView({ decide: (replace) => recording.decide(replace) }),
];

/** What the head shows of the tab in front. */
function front() {
  if (tabs.front() === 'talk') {
    const simulator = talking.state.simulated ? 'What answers here measures your voice and plays it back; it does not understand you.' : '';
    return { status: talkStatus(talking.state), simulator };
  }
  const simulated = taping.state.models?.simulated || taping.state.job?.finish?.simulated;
  const simulator = simulated ? 'What answers here measures your recording; it does not understand it.' : '';
  return { status: tapeStatus(taping.state), simulator };
}

function draw() {
  scheduled = false;
  head(front(), talking.state);
  person(talking.state);
  tabs.render({ talk: !isAtRest(talking.state), recording: taping.state.capture !== 'rest' || isUnderWay(taping.state) });
  talkNotices.forEach((notice) => notice(talking.state.notices, isAtRest(talking.state)));
  showing.render(talking.state);
  showingNotice({ showing: talking.state.showing.notice }, false);
  talkViews.forEach((view) => view(talking.state));
  capture.render(taping.state, claim.isTakenFrom('recording'));
  tapeNotices.forEach((notice) => notice(taping.state.notices, maySend(taping.state)));
  tapeViews.forEach((view) => view(taping.state));
}

// However many events a moment brings, it is drawn once.
let scheduled = false;
const drawSoon = () => {
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(draw);
  }
};

const tabs = tabsView((tab) => {
  if (tab === 'recording' && !taping.state.models) {
    void recording.listModels();
  }
  drawSoon();
});
talking.subscribe(drawSoon);
taping.subscribe(drawSoon);
draw();
void comeback.begin();
