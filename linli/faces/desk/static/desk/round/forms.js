/* The forms of the round: read into a record's fields, filled from them, with photo and voice. */

import * as media from "./media.js";

const MINUTE = 60_000, DAY = 24 * 60 * MINUTE;
const two = (number) => String(number).padStart(2, "0");
const day = (moment) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
const clock = (moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}`;

/* From and until of a form as moments; an end before the beginning is of the day after. What nobody has touched keeps
   its seconds, which a form does not show. */
const span = (form, told) => {
  const filled = form.span, same_day = filled?.day === told.day;
  const began = same_day && filled.from === told.from ? filled.began : new Date(`${told.day}T${told.from}`);
  const ended = same_day && filled.until === told.until ? new Date(filled.ended) : new Date(`${told.day}T${told.until}`);
  if (ended < began) ended.setTime(ended.getTime() + DAY);
  return { started_at: began.toISOString(), ended_at: ended.toISOString() };
};

const fill_span = (form, began, ended) => {
  form.span = { began, ended, day: day(began), from: clock(began), until: clock(ended) };
  for (const name of ["day", "from", "until"]) form.elements[name].value = form.span[name];
};

/* Photo and voice beside a form or the running work: {photo, voice, clear, fill}; changed() after each change. */
export const enclosures = (box, texts, say, changed = () => {}) => {
  const input = box.querySelector("input[type=file]"), picture = box.querySelector("img");
  const speak = box.querySelector("[data-voice]"), heard = box.querySelector("[data-heard]");
  const kept = { photo: null, voice: null };
  let tape;
  const show = () => {
    picture.hidden = !kept.photo || !picture.getAttribute("src");
    heard.hidden = !kept.photo && !kept.voice;
    const parts = [kept.photo && texts.photo, kept.voice && texts.voice.replace("{n}", kept.seconds ?? "?")];
    heard.textContent = parts.filter(Boolean).join(" · ");
    speak.textContent = tape ? texts.stop_voice.replace("{n}", 0) : texts.speak;
    speak.setAttribute("aria-pressed", String(Boolean(tape)));
  };
  input.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    try {
      const { jpeg, thumb } = await media.smaller(file);
      kept.photo = jpeg;
      picture.src = thumb;
      changed();
    } catch {
      say(texts.no_photo);
    }
    show();
  });
  speak.hidden = !media.can_record();
  speak.addEventListener("click", async () => {
    if (tape) {
      tape.end();
      return;
    }
    try {
      tape = await media.record((seconds) => { speak.textContent = texts.stop_voice.replace("{n}", seconds); });
    } catch {
      say(texts.no_voice);
      return;
    }
    show();
    const { blob, seconds } = await tape.blob;
    tape = undefined;
    Object.assign(kept, { voice: blob, seconds: Math.round(seconds) });
    changed();
    show();
  });
  const fill = ({ photo = null, voice = null } = {}) => {
    Object.assign(kept, { photo, voice, seconds: undefined });
    picture.removeAttribute("src");
    show();
  };
  /* What is being recorded when the form is sent belongs to it. */
  const both = async () => {
    if (tape) {
      const { blob } = tape;
      tape.end();
      await blob;
      await Promise.resolve();
    }
    return { photo: kept.photo, voice: kept.voice };
  };
  show();
  return { both, fill };
};

/* A record's fields from a form. Fields that only help to write are left out. */
export const read = (form) => {
  const told = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const { day: on, from, until, ...fields } = told;
  return on ? { ...fields, ...span(form, { day: on, from, until }) } : fields;
};

/* Fills a form from a record's fields; without them, as it is in the beginning. */
export const fill = (form, fields, now, minutes = 30) => {
  form.reset();
  if (form.elements.day) {
    const began = fields?.started_at ? new Date(fields.started_at) : new Date(now - minutes * MINUTE);
    fill_span(form, began, fields?.ended_at ? new Date(fields.ended_at) : new Date(now));
  }
  for (const [name, value] of Object.entries(fields ?? {})) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
};
