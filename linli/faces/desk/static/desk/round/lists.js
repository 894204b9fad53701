/* What is drawn from the queue and from the day's list. Text is set as text, never as markup. */

import { filled, time } from "./screens.js";
import { open_to_change } from "./queue.js";

const TAGS = { running: "now", waiting: "wait", refused: "adverse", conflict: "adverse", done: "done" };
const MINUTE = 60_000;
const copied = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);

export const minutes = (began, ended) => Math.max(0, Math.round((Date.parse(ended) - Date.parse(began)) / MINUTE));

/* What a record is called: its kind, or its type where it has none. */
export const called = (round, record) => {
  const { types, kinds } = round, { type, fields } = record;
  const kind = kinds[type]?.[fields.kind];
  return ["request", "dispute"].includes(type) && kind ? `${types[type]} · ${kind}` : kind ?? types[type];
};

const when = (round, record, now) => {
  const { started_at: began, ended_at: ended, community } = record.fields;
  const place = community && Object.keys(round.communities).length > 1 ? round.communities[community] ?? community : "";
  const span = began && ended
    ? `${time(began, now)}–${time(ended, now)} · ${filled(round.texts.minutes, { n: minutes(began, ended) })}`
    : time(record.at, now);
  return [span, place].filter(Boolean).join(" · ");
};

const note = ({ texts }, record) => {
  const { fields, photo, voice, answer, state } = record;
  if (state === "done") {
    const code = answer?.code && filled(texts.receipt, { code: answer.code });
    return [answer?.number, code].filter(Boolean).join(" · ");
  }
  if (state !== "waiting" && state !== "running" && answer) return answer.message;
  const has = [photo && texts.photo, voice && texts.spoken];
  return [fields.title ?? fields.words ?? fields.note, ...has].filter(Boolean).join(" · ");
};

/* The records of this phone: what needs a person first, then what waits, then what was sent today, newest first. */
export const records = (round, all, now, { edit, drop }) => {
  const order = { refused: 0, conflict: 0, running: 1, waiting: 1, done: 2 };
  const sorted = [...all].sort((one, other) => order[one.state] - order[other.state]
    || (one.state === "done" ? other.number - one.number : one.number - other.number));
  const drawn = sorted.map((record) => {
    const item = copied("record"), tag = item.querySelector(".tag"), { state } = record;
    const stuck = state === "refused" || state === "conflict";
    item.dataset.state = state;
    item.querySelector("strong").textContent = called(round, record);
    tag.textContent = round.texts[state === "waiting" && record.tried ? "is_sending" : `is_${state}`];
    tag.classList.add(TAGS[state]);
    item.querySelector("p").textContent = when(round, record, now);
    item.querySelector("[data-note]").textContent = note(round, record);
    const look = item.querySelector("[data-mend]");
    look.hidden = !stuck;
    look.href = `#mend/${record.key}`;
    const free = state === "waiting" && open_to_change(record);
    const change = item.querySelector("[data-edit]"), away = item.querySelector("[data-drop]");
    change.hidden = away.hidden = !free;
    change.addEventListener("click", () => edit(record));
    away.addEventListener("click", () => drop(record));
    return item;
  });
  document.getElementById("records").replaceChildren(...drawn);
  document.getElementById("no-records").hidden = drawn.length > 0;
};

/* The day's list: groups of lines as the server gave them, {text, note, due, late, work}. */
export const day = (round, today, offset, edit) => {
  const now = Date.now();
  const { texts } = round, box = document.getElementById("day"), old = today && !(now - today.at < 24 * 3600_000);
  const said = !today ? texts.never : old ? texts.old : filled(texts.since, { time: time(today.at + offset, now + offset) });
  document.getElementById("fetched").textContent = said;
  if (!today || old) {
    box.replaceChildren();
    return;
  }
  box.replaceChildren(...today.list.map((group) => {
    const drawn = copied("group");
    drawn.querySelector("h2").textContent = group.name;
    const lines = group.lines.map((line) => {
      const item = copied("line"), tag = item.querySelector(".tag");
      const title = item.querySelector("strong");
      if (line.url) title.append(Object.assign(document.createElement("a"), { href: line.url, textContent: line.text }));
      else title.textContent = line.text;
      item.querySelector("p").textContent = [line.due && filled(texts.due, { time: line.due }), line.place].filter(Boolean).join(" · ");
      item.querySelector("[data-note]").textContent = line.note ?? "";
      tag.hidden = !line.late;
      tag.textContent = texts.late;
      if (line.work) {
        item.querySelector(".round-acts").hidden = false;
        item.querySelector("[data-edit]").addEventListener("click", () => edit(line.work));
      }
      return item;
    });
    if (lines.length) drawn.querySelector("ul").append(...lines);
    else drawn.classList.add("round-nothing");
    if (!lines.length) drawn.querySelector("ul").replaceWith(Object.assign(document.createElement("p"), { className: "muted", textContent: texts.nothing }));
    return drawn;
  }));
};

/* Why a record was refused, or where two versions of it differ. */
export const mend = (round, record) => {
  const { answer, state } = record, rows = document.getElementById("mend-rows"), differs = state === "conflict";
  const find = (id) => document.getElementById(`mend-${id}`);
  find("h").textContent = called(round, record);
  find("message").textContent = answer.message;
  find("remedy").textContent = answer.remedy ?? "";
  find("edit").hidden = find("again").hidden = find("drop").hidden = differs;
  find("over").hidden = find("keep").hidden = !differs;
  rows.replaceChildren(...(answer.rows ?? []).map(([label, mine, theirs]) => {
    const list = document.createElement("dl");
    const pair = (name, value) => list.append(
      Object.assign(document.createElement("dt"), { textContent: `${label} · ${name}` }),
      Object.assign(document.createElement("dd"), { textContent: value || "—" }),
    );
    pair(round.texts.mine, mine);
    pair(round.texts.theirs, theirs);
    return list;
  }));
};
