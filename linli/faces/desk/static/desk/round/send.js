/* Sending: in order, in batches, by one tab at a time; nothing leaves the queue before the server's answer. */

import * as queue from "./queue.js";

const MOST = 20, SIZE = 3_000_000; // records and bytes of a batch; the server takes 20 and 8 MB
const EVERY = 30_000, LONGEST = 480_000, PATIENCE = 60_000;
const STALE = 600_000, FRESH = 20_000; // the day's list is fetched anew when it is older; with something to send, sooner

const base64 = (blob) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(blob);
});

const written = async (record) => ({
  key: record.key, number: record.number, type: record.type, at: record.at, phone_at: record.phone_at,
  fields: record.fields,
  photo: record.photo ? await base64(record.photo) : "",
  voice: record.voice ? await base64(record.voice) : "",
});

/* One tab alone: the others go on without sending. */
const alone = (work) => navigator.locks
  ? navigator.locks.request("linli-round", { ifAvailable: true }, (lock) => lock ? work() : undefined)
  : work();

/* round: {user, bureau, urls: {sync, today}}; told(state, more): offline | sending | sent | login | other | not_open |
   waiting. */
export const sender = (round, told) => {
  let failures = 0, timer, token, fetched = 0;

  const ask = async (url, options = {}) => {
    const answer = await fetch(url, {
      credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options,
    });
    if (answer.type === "opaqueredirect") throw Object.assign(new Error("logged out"), { state: "login" });
    return answer;
  };

  /* Who is logged in, a fresh form token, the bureau's time, the day's list. */
  const greet = async () => {
    const began = Date.now();
    const answer = await ask(round.urls.today);
    if (answer.status === 403 || answer.status === 404) throw Object.assign(new Error("refused"), { state: "not_open" });
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    const today = await answer.json();
    if (today.officer !== round.user) throw Object.assign(new Error("another"), { state: "other" });
    ({ token } = today);
    fetched = Date.now();
    const offset = Date.parse(today.now) - (began + fetched) / 2;
    await queue.keep("offset", Math.round(offset));
    await queue.keep(`today ${round.user}`, { at: fetched, list: today.list });
  };

  const post = async (records) => {
    const body = JSON.stringify({ officer: round.user, records: await Promise.all(records.map(written)) });
    const send = () => ask(round.urls.sync, {
      method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    });
    let answer = await send();
    if (answer.status === 403) {
      await greet(); // the token has changed with the log-in; if the account itself is refused, this says so
      answer = await send();
    }
    if (answer.status === 403) throw Object.assign(new Error("refused"), { state: "not_open" });
    if (answer.status === 409) throw Object.assign(new Error("another"), { state: "other" });
    return answer;
  };

  /* What a batch became. One the server cannot read at all is taken apart, so that no record holds up the others. */
  const outcomes = async (records) => {
    const answer = await post(records);
    if (answer.ok) return (await answer.json()).outcomes;
    if (answer.status !== 400 && answer.status !== 413) throw new Error(`answered ${answer.status}`);
    if (records.length === 1) {
      return [{ key: records[0].key, outcome: "refused", message: round.texts.too_large, remedy: "" }];
    }
    const found = [];
    for (const record of records) found.push(...await outcomes([record]));
    return found;
  };

  const everything = async () => {
    const waits = (await queue.mine(round.user)).some((one) => one.state === "waiting");
    // a record that was tried can no longer be changed here: first it is seen whether anybody answers at all
    if (!token || failures || Date.now() - fetched > (waits ? FRESH : STALE)) await greet();
    let late = false, sent = false;
    for (;;) {
      const records = await queue.take(round.user, MOST, SIZE);
      if (!records.length) break;
      told("sending");
      const said = await outcomes(records);
      await queue.settle(round.user, said, Date.now());
      const settled = said.filter((one) => one.outcome !== "later").length;
      sent ||= settled > 0;
      late = settled < records.length;
      if (late) break;
    }
    if (late) throw new Error("some are to be sent later");
    if (sent) await greet();
  };

  const attempt = async () => {
    clearTimeout(timer);
    if (!navigator.onLine) {
      told("offline");
    } else {
      try {
        await alone(everything);
        failures = 0;
        told("sent");
      } catch (fault) {
        failures += 1;
        told(fault.state ?? (navigator.onLine ? "waiting" : "offline"));
      }
    }
    clearTimeout(timer);
    timer = setTimeout(attempt, Math.min(EVERY * 2 ** Math.max(failures - 1, 0), LONGEST));
  };

  /* Now, or right after what is being sent just now. */
  let going, again = false;
  const now = () => {
    if (going) {
      again = true;
      return going;
    }
    going = attempt().finally(() => {
      going = undefined;
      if (again) {
        again = false;
        now();
      }
    });
    return going;
  };
  const afresh = () => {
    failures = 0;
    return now();
  };
  addEventListener("online", afresh);
  addEventListener("offline", () => told("offline"));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) afresh(); });
  return { now, afresh, renew: () => { fetched = 0; return afresh(); } };
};
