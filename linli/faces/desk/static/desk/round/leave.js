/* Logging out: warns when something waits on this phone, then erases what can be read. Unsent records stay, and are
   sent when their officer logs in again. Stands on every page that has the button to log out. */

import * as queue from "./queue.js";

const said = document.getElementById("round-leave");

const leave = async (form) => {
  const waiting = (await queue.mine(said.dataset.user)).filter((one) => one.state !== "done").length;
  if (waiting && !window.confirm(said.dataset.unsent.replace("{n}", waiting))) return;
  await queue.leave();
  await globalThis.caches?.delete("linli-round-pages");
  form.submit();
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!said || !form.getAttribute("action")?.endsWith(said.dataset.logout)) return;
  event.preventDefault();
  if (!navigator.onLine) window.alert(said.dataset.offline);
  else leave(form).catch(() => form.submit());
});
