/* The officer's round: what is tapped becomes a record in the queue, and the queue is sent when there is a network. */

import * as forms from "./forms.js";
import * as lists from "./lists.js";
import * as queue from "./queue.js";
import { filled, go, named, say, screens, time } from "./screens.js";
import { sender } from "./send.js";

const round = JSON.parse(document.getElementById("carried").textContent);
const { texts, user } = round;
const find = (id) => document.getElementById(id);
const shown = { state: "waiting", offset: 0, records: [] };
let sending, editing;

/* The bureau's time as far as this phone knows it; records keep the phone's own time beside it. */
const now = () => Date.now() + shown.offset;
const written = () => ({ at: new Date(now()).toISOString(), phone_at: new Date().toISOString() });
const running = () => shown.records.find((one) => one.state === "running");

const kept = async (work) => {
  try {
    return await work();
  } catch (fault) {
    say(fault?.name === "QuotaExceededError" ? texts.full : texts.no_storage);
    throw fault;
  }
};

const draw_state = () => {
  const count = (...states) => shown.records.filter((one) => states.includes(one.state)).length;
  const n = count("waiting"), stuck = count("refused", "conflict"), { state } = shown;
  const said = { offline: n ? texts.offline_waiting : texts.offline, login: n ? texts.login : texts.login_none,
    other: texts.other_account, not_open: texts.not_open }[state]
    ?? (n ? texts[state === "sending" ? "sending" : "waiting"] : stuck ? "" : texts.all_sent);
  const lines = [filled(said, { n }), stuck ? filled(texts.attention, { n: stuck }) : ""];
  const text = lines.filter(Boolean).join(" ");
  if (find("said").textContent !== text) find("said").textContent = text;
  find("state").dataset.state = stuck ? "stuck" : n && state === "sent" ? "waiting" : state;
  find("login").hidden = !["login", "other"].includes(state);
  find("send").hidden = !n || ["login", "other", "not_open", "offline", "sending"].includes(state);
  find("count").hidden = !(n + stuck);
  find("count").textContent = n + stuck;
};

const draw_running = () => {
  const record = running();
  find("running").hidden = !record;
  if (find("start")) find("start").hidden = Boolean(record);
  if (!record) return;
  const { started_at: began, community } = record.fields;
  const what = filled(texts.running, { kind: lists.called(round, record), time: time(began, now()) });
  const place = round.communities[community] ?? "";
  find("running-what").textContent = [what, place].filter(Boolean).join(" · ");
  const n = lists.minutes(began, new Date(now()).toISOString());
  find("running-long").textContent = filled(texts.minutes, { n });
};

const draw = async () => {
  shown.records = await queue.mine(user);
  draw_state();
  draw_running();
  if (!find("queue").hidden) lists.records(round, shown.records, now(), { edit, drop });
};

const draw_day = async () => lists.day(round, await queue.kept(`today ${user}`), shown.offset, (work) => {
  editing = undefined;
  open("change", work);
});

const told = async (state) => {
  shown.state = state;
  shown.offset = (await queue.kept("offset")) ?? 0;
  await draw();
  if (state === "sent" && !find("today").hidden) await draw_day();
};

const add = async (record) => {
  const made = await kept(() => queue.add(user, { bureau: round.bureau, photo: null, voice: null, ...written(), ...record }));
  navigator.storage?.persist?.();
  return made;
};

/* The form of a type of record, filled, on its screen. */
const open = (type, fields, files) => {
  const form = document.querySelector(`form[data-type="${type}"]`);
  forms.fill(form, fields, now());
  const place = form.querySelector("[data-community]");
  if (place && !fields?.community) place.value = find("community").value;
  form.enclosures?.fill(files);
  form.filled = true;
  go(type);
};

const edit = (record) => {
  editing = record;
  open(record.type, record.fields, record);
};

const drop = async (record) => {
  if (!window.confirm(texts.drop_sure)) return;
  if (!await queue.drop(record.key)) say(texts.on_its_way);
  await draw();
  go("queue");
};

const entered = {
  queue: draw,
  today: draw_day,
  now: draw_running,
  mend: async () => {
    const record = await queue.one(named());
    if (!record?.answer || record.user !== user) go("queue");
    else lists.mend(round, record);
  },
};
for (const type of ["work", "request", "dispute", "call"]) {
  entered[type] = () => { // by a link: an empty form; by ``open``: the filled one
    const form = document.querySelector(`form[data-type="${type}"]`);
    if (form && !form.filled) {
      editing = undefined;
      open(type);
    }
    if (form) form.filled = false;
  };
}
entered.change = () => {
  const form = document.querySelector('form[data-type="change"]');
  if (!form.filled && !form.elements.work.value) go("today");
  form.filled = false;
};

const submitted = async (event) => {
  event.preventDefault();
  const form = event.target, { type } = form.dataset;
  if (form.keeping) return;
  form.keeping = true;
  try {
    const fields = forms.read(form), files = form.enclosures ? await form.enclosures.both() : {};
    if (fields.ended_at && fields.ended_at === fields.started_at) return say(texts.wrong_way);
    if (editing) {
      const fresh = await kept(() => queue.change(editing.key, { fields, ...files, state: "waiting" }));
      if (!fresh) return say(texts.on_its_way);
    } else {
      await add({ type, fields, ...files });
    }
    say(filled(texts.kept, { kind: lists.called(round, { type, fields }) }));
    go(editing ? "queue" : "now");
    editing = undefined;
    await draw();
    sending.now();
  } finally {
    form.keeping = false;
  }
};

/* A second tap on what started a work must not end it: nobody visits for two seconds. */
const SHORTEST = 2000;
const hold_stop = () => {
  const left = SHORTEST - (now() - Date.parse(running()?.fields.started_at));
  find("stop").disabled = left > 0;
  if (left > 0) setTimeout(hold_stop, Math.min(left, SHORTEST));
};

const start = async (kind) => {
  if (running()) return; // a second tap
  const fields = { kind, community: find("community").value, started_at: new Date(now()).toISOString(), cell: "", note: "" };
  await add({ type: "work", state: "running", fields });
  find("running-form").reset();
  find("running-form").enclosures.fill();
  await draw();
  hold_stop();
  find("running-what").focus();
};

const note_running = async (more = {}) => {
  const record = running();
  if (!record) return undefined;
  const told = forms.read(find("running-form"));
  return kept(() => queue.change(record.key, (found) => found.state === "running"
    && { fields: { ...found.fields, ...told }, ...more }));
};

const stop = async () => {
  const record = running();
  if (!record) return;
  const files = await find("running-form").enclosures.both();
  const fields = { ...record.fields, ...forms.read(find("running-form")) };
  fields.ended_at = new Date(Math.max(now(), Date.parse(fields.started_at) + SHORTEST)).toISOString();
  await kept(() => queue.change(record.key, { fields, ...files, ...written(), state: "waiting" }));
  find("running").querySelector("details").open = false;
  const long = filled(texts.minutes, { n: lists.minutes(fields.started_at, fields.ended_at) });
  say(filled(texts.kept, { kind: `${lists.called(round, record)} · ${long}` }));
  await draw();
  document.querySelector("[data-start]")?.focus();
  sending.now();
};

/* What a person does about a record that the server has not taken. */
const mended = (act) => async () => {
  const record = await queue.one(named());
  if (!record) return go("queue");
  await act(record);
  await draw();
  return sending.now();
};
const again = async (record) => { await queue.change(record.key, { state: "waiting" }); go("queue"); };
const over = async (record) => {
  await queue.change(record.key, { state: "waiting", fields: { ...record.fields, version: record.answer.version } });
  go("queue");
};
const give_way = async (record) => { await queue.drop(record.key); go("queue"); };

const listen = () => {
  document.querySelectorAll("form[data-type], #running-form").forEach((form) => {
    const box = form.querySelector("[data-enclosures]");
    const changed = form.id ? async () => note_running(await form.enclosures.both()) : undefined;
    if (box) form.enclosures = forms.enclosures(box, texts, say, changed);
    if (form.dataset.type) form.addEventListener("submit", submitted);
  });
  find("running-form").addEventListener("submit", (event) => event.preventDefault());
  find("running-form").addEventListener("change", () => note_running());
  document.querySelectorAll("[data-start]").forEach((button) => {
    button.addEventListener("click", () => start(button.dataset.start));
  });
  find("stop").addEventListener("click", stop);
  find("discard").addEventListener("click", async () => {
    if (running() && window.confirm(texts.drop_sure)) await queue.drop(running().key);
    await draw();
  });
  find("send").addEventListener("click", () => sending.afresh());
  find("renew").addEventListener("click", () => {
    find("renew").closest("details").open = false;
    sending.renew().then(draw_day);
  });
  const acts = { edit, again, over, keep: give_way, drop };
  for (const [name, act] of Object.entries(acts)) find(`mend-${name}`).addEventListener("click", mended(act));
};

/* The page and its files are kept by the service worker; the very first time the page asks for it by itself. */
const keep_page = async () => {
  if (!navigator.serviceWorker) return;
  const first = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(round.urls.worker);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    const reading = ["now", "today", "queue"].includes(document.documentElement.dataset.screen);
    if (!first && !running() && reading) location.reload();
  });
  await navigator.serviceWorker.ready;
  if (first && navigator.onLine) await (await caches.open("linli-round-pages")).add(location.pathname);
  document.documentElement.dataset.kept = "1";
};

const open_round = async () => {
  sending = sender(round, told);
  listen();
  shown.offset = (await kept(() => queue.kept("offset"))) ?? 0;
  await queue.erase(user, Date.now());
  await draw();
  const record = running();
  if (record) {
    forms.fill(find("running-form"), { cell: record.fields.cell, note: record.fields.note }, now());
    find("running-form").enclosures.fill(record);
  }
  const strangers = await queue.others(user);
  find("others").hidden = !strangers;
  find("others").textContent = filled(texts.others, { n: strangers });
  screens(entered);
  setInterval(draw_running, 20_000);
  setInterval(() => queue.erase(user, Date.now()), 3_600_000);
  document.documentElement.dataset.opened = "1";
  await Promise.allSettled([sending.now(), keep_page()]);
};

open_round().catch((fault) => {
  find("said").textContent = texts.no_storage;
  throw fault;
});
