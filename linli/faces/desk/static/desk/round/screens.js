/* One screen at a time, named in the address after the #, so that the phone's own way back works. */

const at = () => (location.hash.slice(1).split("/")[0] || "now");
export const named = () => decodeURIComponent(location.hash.slice(1).split("/")[1] ?? "");

/* entered: name of a screen -> what is to be done when it opens. */
export const screens = (entered) => {
  const all = [...document.querySelectorAll(".round-screen")];
  let first = true;
  const show = () => {
    const name = all.some((screen) => screen.id === at()) ? at() : "now";
    if (Date.now() - said_at > 500) document.getElementById("toast").hidden = true;
    all.forEach((screen) => { screen.hidden = screen.id !== name; });
    document.querySelectorAll(".round-bar a").forEach((link) => {
      if (link.getAttribute("href") === `#${name}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    document.documentElement.dataset.screen = name;
    entered[name]?.();
    if (!first) {
      scrollTo(0, 0);
      document.querySelector(`#${name} h1`).focus({ preventScroll: true });
    }
    first = false;
  };
  addEventListener("hashchange", show);
  show();
};

export const go = (name) => {
  if (location.hash === `#${name}`) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = name;
};

/* A short word that something was done; it goes by itself and is read aloud. */
let going, said_at = 0;
export const say = (text) => {
  const toast = document.getElementById("toast");
  toast.textContent = text;
  toast.hidden = false;
  said_at = Date.now();
  clearTimeout(going);
  going = setTimeout(() => { toast.hidden = true; }, 4000);
};

const speaks = () => document.documentElement.lang;
const the_day = (moment) => moment.toDateString();

/* A moment as people read it: the time alone where it is of the same day. */
export const time = (moment, now) => {
  const when = new Date(moment);
  const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (the_day(when) !== the_day(new Date(now))) Object.assign(parts, { month: "numeric", day: "numeric" });
  return new Intl.DateTimeFormat(speaks(), parts).format(when);
};

export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
