// The page put together: chats, the live feed, and what is said and pressed.

import { ChatView } from "./chat.js";
import { Composer } from "./composer.js";
import { choose, copy, toast } from "./dialogs.js";
import { about, showSpeaker, showTopics } from "./header.js";
import { Inline } from "./inline.js";
import { Keys } from "./keys.js";
import { safeUrl, startOf } from "./links.js";
import { stepThrough } from "./lists.js";
import { Manage } from "./manage.js";
import { Presses } from "./presses.js";
import { Sidebar } from "./sidebar.js";
import { ask, names, remember, remembered, rememberName } from "./stand-in.js";

const AGAIN_MS = 4000; // before a stand-in that is not there is looked for again
const $ = (id) => document.getElementById(id);

// `chat` is the number of the chat shown, `reader` the one who looks and speaks there.
const state = {
  bot: null, reader: null, chat: 0, place: null, topic: null, fresh: new Set(), feed: null,
};

const does = {
  get name() { return state.bot?.first_name ?? "Dateline"; },
  get username() { return state.bot?.username; },
  get botId() { return state.bot?.id; },
  get me() { return state.reader?.id; },
  say, ask, where, start, toast, copy, askInline, askElsewhere, addressed,
  shows: (message) => !isForum() || topicOf(message) === state.topic,
  elsewhere: (message) => setFresh(topicOf(message)),
  press: (message, data, button) => presses.press(where(), message, data, button),
  reply: (message) => composer.reply(message),
  find: (id) => view.find(id) || toast("That message is not in this chat."),
  done: () => {
    composer.clear();
    $("text").focus();
  },
};
const view = new ChatView(
  {
    scroll: $("scroll"), list: $("messages"), empty: $("empty"),
    down: $("down"), announcer: $("announcer"),
  },
  does,
);
const presses = new Presses({
  settle: (id) => view.settle(id),
  open: (url) => start(startOf(safeUrl(url), does.username)),
});
const composer = new Composer(does, new Inline(does));
const keys = new Keys({
  say,
  sendLocation: (latitude, longitude) => send("location", { ...where(), latitude, longitude }),
  replyTo: (number) => view.all.has(number) && composer.reply(view.all.get(number)),
});
const manage = new Manage({
  change,
  readers: () => sidebar.readers,
  bot: () => state.bot,
  openMap: () => keys.openMap(),
});
const sidebar = new Sidebar({ pick: pickEntry, addReader, addChat, here: () => state.chat });

/** The topic that a message stands in, null for the general one: replies there have a thread too. */
function topicOf(message) {
  return message.is_topic_message ? message.message_thread_id : null;
}

// --- saying and pressing

function where() {
  return { chat: state.chat, reader: state.reader.id, topic: state.topic };
}

async function send(path, body) {
  const answer = await ask(path, body);
  if (!answer.ok) toast(answer.error);
  return answer.ok;
}

function say(text, replyTo) {
  const anonymously = $("anonymous").checked && !$("hidden-line").hidden;
  return send("say", { ...where(), text, reply_to: replyTo, anonymously });
}

/** A command as an app writes it: in groups with the name of the bot that it is for. */
function addressed(command) {
  return isShared() ? `/${command}@${does.username}` : `/${command}`;
}

/** Do what a link to the bot does: start it here with a payload, or take it into a group. */
async function start({ start: payload, startgroup }) {
  if (startgroup === undefined) {
    if (isShared()) await pick(state.reader.id, state.reader);
    say(`/start ${payload}`.trim());
    return;
  }
  const groups = sidebar.chats.filter((one) => one.kind !== "channel");
  choose("Add the bot to a group", groups, async (one) => {
    pickEntry(one);
    await change("member", { member: does.botId, status: "member" });
    say(`${addressed("start")} ${startgroup}`.trim());
  });
}

function askInline(query) {
  composer.type(`@${does.username} ${query}`);
}

/** Let one choose a chat for an inline query; `kinds` says which are offered, null all. */
function askElsewhere(query, kinds) {
  const allowed = (one) => {
    if (!kinds) return true;
    if (one.kind === undefined) return Boolean(kinds.allow_bot_chats || kinds.allow_user_chats);
    return Boolean(one.kind === "channel" ? kinds.allow_channel_chats : kinds.allow_group_chats);
  };
  const here = { id: state.reader.id, name: does.name };
  choose("Choose a chat", [here, ...sidebar.chats].filter(allowed), (one) => {
    if (one.kind) pickEntry(one);
    else pick(one.id, state.reader);
    askInline(query);
  });
}

// --- the chat shown

function isShared() {
  return state.chat !== state.reader?.id;
}

function isForum() {
  return Boolean(state.place?.chat.is_forum);
}

function setPlace(place) {
  const { chat, me, members, moved } = place;
  const wasForum = isForum();
  state.place = place;
  if (moved) {
    pick(moved, state.reader);
    return;
  }
  if (!["creator", "administrator", "member"].includes(me.status)) {
    const other = members[0];
    pick(other ? state.chat : state.reader.id, other ?? state.reader);
    return;
  }
  const gone = state.topic !== null && !place.topics.some((one) => one.id === state.topic);
  if (gone || !isForum()) state.topic = null;
  manage.set(place);
  showTopics(place, state, setTopic);
  showSpeaker(place);
  $("bot").textContent = isShared() ? chat.title : does.name;
  $("face").textContent = [...$("bot").textContent][0];
  $("state").textContent = about(place);
  $("me").textContent = me.first_name;
  if (gone || wasForum !== isForum()) view.refresh();
}

function setTopic(id) {
  state.topic = id;
  state.fresh.delete(id);
  showTopics(state.place, state, setTopic);
  view.refresh();
}

function setFresh(topic) {
  state.fresh.add(topic);
  showTopics(state.place, state, setTopic);
}

// --- the feed

function follow() {
  state.feed?.close();
  const feed = new EventSource(`/api/events?chat=${state.chat}&reader=${state.reader.id}`);
  const on = (name, handle) => {
    feed.addEventListener(name, (event) => {
      if (feed === state.feed) handle(JSON.parse(event.data));
    });
  };
  let lost = false;
  feed.addEventListener("open", () => {
    if (state.place) $("state").textContent = about(state.place);
    if (lost) addKnown();
    lost = false;
  });
  feed.addEventListener("error", () => {
    lost = true;
    $("state").textContent = "connecting …";
    // The browser tries again by itself, unless it was refused: then the chat is gone.
    if (feed.readyState === EventSource.CLOSED) setTimeout(begin, AGAIN_MS);
  });
  state.feed = feed;
  on("place", setPlace);
  on("chat", ({ messages }) => view.reset(messages));
  on("message", (message) => view.put(message));
  on("gone", ({ message_id }) => view.remove(message_id));
  on("answer", (answer) => presses.show(answer));
  on("commands", ({ commands }) => composer.setCommands(commands));
  on("keyboard", (keyboard) => keys.set(keyboard));
  on("readers", ({ readers }) => sidebar.set({ readers }));
  on("chats", ({ chats }) => sidebar.set({ chats }));
}

// --- going somewhere

function pick(chat, reader) {
  const known = sidebar.readers.find((one) => one.id === reader.id);
  const topic = chat === state.chat ? state.topic : null;
  const fresh = new Set();
  Object.assign(state, { chat, reader: known ?? reader, topic, fresh, place: null });
  remember(state.reader.name, chat);
  composer.clear();
  keys.set({});
  view.reset([]);
  sidebar.set({});
  sidebar.open(false);
  $("anonymous").checked = false;
  follow();
}

/** Go to what was picked in a list: a reader's own chat, or a shared one as one of its members. */
function pickEntry(one) {
  if (one.kind === undefined) {
    pick(one.id, one);
    return;
  }
  const inside = one.members.includes(state.reader.id);
  const speaker = inside ? state.reader.id : one.members[0];
  if (speaker === undefined) toast("Nobody is in this chat any more.");
  else pick(one.id, { id: speaker });
}

async function change(path, body) {
  const answer = await ask(path, { chat: state.chat, reader: state.reader.id, ...body });
  if (!answer.ok) toast(answer.error);
  return answer.ok;
}

async function addReader(name) {
  const answer = await ask("readers", { name });
  if (!answer.ok) return answer.error;
  rememberName(answer.name);
  pick(answer.id, answer);
  return null;
}

async function addChat(title, chosen) {
  const kind = chosen === "forum" ? "supergroup" : chosen;
  const body = { title, kind, forum: chosen === "forum", reader: state.reader.id };
  const answer = await ask("chats", body);
  if (!answer.ok) return answer.error;
  pick(answer.id, state.reader);
  return null;
}

// --- beginning

/** Say the names again to a bot that may have been restarted: it knows numbers only. */
async function addKnown() {
  for (const name of names()) await ask("readers", { name });
}

async function begin() {
  await addKnown();
  const known = await ask("readers");
  if (!known.ok) {
    $("state").textContent = "connecting …";
    setTimeout(begin, AGAIN_MS);
    return;
  }
  state.bot = known.bot;
  const { name, chat } = remembered();
  const reader = known.readers.find((one) => one.name === name) ?? known.readers[0];
  const shared = known.chats.find((one) => one.id === chat && one.members.includes(reader.id));
  sidebar.set(known);
  pick(shared?.id ?? reader.id, reader);
}

$("speaker").addEventListener("change", () => pick(state.chat, { id: Number($("speaker").value) }));
$("topics").addEventListener("keydown", (event) => stepThrough($("topics"), event));
for (const button of $("empty").querySelectorAll("button")) {
  button.addEventListener("click", () => {
    say(isShared() ? addressed(button.textContent.slice(1)) : button.textContent);
    $("text").focus();
  });
}
begin();
