/* The queue: what was written on this phone and what became of it. IndexedDB alone, everything by user.

   A record: key (UUID), user, bureau, number (running, never used twice), type, at, phone_at, fields, photo, voice,
   state, tried, answer. States: running (a work without an end), waiting, refused, conflict, done.
   A record that has been tried may have arrived although no answer came: it is never changed after that, only sent
   again under the same key, until the server has said what became of it. */

const NAME = "linli-round";
const STRICT = { durability: "strict" };
export const DAY = 24 * 3600 * 1000;

let opened;
const open = () => opened ??= new Promise((done, failed) => {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("records", { keyPath: "key" }).createIndex("user", "user");
    asked.result.createObjectStore("kept", { keyPath: "name" });
  };
  asked.onsuccess = () => {
    asked.result.onversionchange = () => { asked.result.close(); opened = undefined; };
    done(asked.result);
  };
  asked.onerror = () => { opened = undefined; failed(asked.error); };
});

/* Runs ``work(stores, give)`` in one transaction; done when it is on the disk, with what was given last. */
const within = async (mode, work) => {
  const base = await open();
  return new Promise((done, failed) => {
    let given;
    const one = base.transaction(["records", "kept"], mode, STRICT);
    one.oncomplete = () => done(given);
    one.onabort = one.onerror = () => failed(one.error);
    work({ records: one.objectStore("records"), kept: one.objectStore("kept") }, (value) => { given = value; });
  });
};

const newKey = () => crypto.randomUUID();
const byNumber = (one, other) => one.number - other.number;

/* Adds a record; gives it with its key and number. */
export const add = (user, record) => within("readwrite", ({ records, kept }, give) => {
  const name = `number ${user}`;
  kept.get(name).onsuccess = (event) => {
    const number = (event.target.result?.value ?? 0) + 1;
    kept.put({ name, value: number });
    const whole = { state: "waiting", tried: 0, answer: null, ...record, key: newKey(), user, number };
    records.add(whole);
    give(whole);
  };
});

/* All of a user's records in the order in which they were written. */
export const mine = (user) => within("readonly", ({ records }, give) => {
  records.index("user").getAll(user).onsuccess = (event) => give(event.target.result.sort(byNumber));
});

/* How many records of other users wait on this phone. */
export const others = (user) => within("readonly", ({ records }, give) => {
  records.getAll().onsuccess = (event) => give(
    event.target.result.filter((one) => one.user !== user && one.state !== "done").length,
  );
});

export const one = (key) => within("readonly", ({ records }, give) => {
  records.get(key).onsuccess = (event) => give(event.target.result);
});

/* Whether a record may still be changed here: nothing of it can have arrived, or the server has refused it. */
export const open_to_change = (record) => !record.tried || ["refused", "conflict"].includes(record.state);

/* Changes a record that may be changed; gives it, or undefined where it is too late. What the server has refused goes
   out under a new key: the old one has had its answer. edit: values, or a function of the record that gives them or
   nothing, where it is no longer as one thought. */
export const change = (key, edit) => within("readwrite", ({ records }, give) => {
  records.get(key).onsuccess = (event) => {
    const found = event.target.result;
    if (!found || found.state === "done" || !open_to_change(found)) return;
    const values = typeof edit === "function" ? edit(found) : edit;
    if (!values) return;
    const fresh = { ...found, ...values, tried: 0, answer: null };
    if (found.tried) {
      fresh.key = newKey();
      records.delete(key);
    }
    records.put(fresh);
    give(fresh);
  };
});

/* Drops a record because its officer said so. */
export const drop = (key) => within("readwrite", ({ records }, give) => {
  records.get(key).onsuccess = (event) => {
    const found = event.target.result;
    if (!found || (found.state !== "done" && !open_to_change(found))) return;
    records.delete(key);
    give(true);
  };
});

/* The next records to send, oldest first, marked as tried in the same breath. size: bytes of photo and voice. */
export const take = (user, most, size) => within("readwrite", ({ records }, give) => {
  records.index("user").getAll(user).onsuccess = (event) => {
    const chosen = [];
    let bytes = 0;
    for (const record of event.target.result.sort(byNumber)) {
      if (record.state !== "waiting") continue;
      bytes += (record.photo?.size ?? 0) + (record.voice?.size ?? 0);
      if (chosen.length === most || (chosen.length && bytes > size)) break;
      record.tried += 1;
      records.put(record);
      chosen.push(record);
    }
    give(chosen);
  };
});

/* Writes down what the server said. What is done loses its words, photo and voice. */
export const settle = (user, outcomes, now) => within("readwrite", ({ records }) => {
  for (const said of outcomes) {
    if (!["done", "refused", "conflict"].includes(said.outcome)) continue;
    records.get(said.key).onsuccess = (event) => {
      const found = event.target.result;
      if (!found || found.user !== user || found.state !== "waiting") return;
      const settled = { ...found, state: said.outcome, answer: said, settled: now };
      if (said.outcome === "done") {
        const { kind, community, started_at, ended_at } = found.fields;
        Object.assign(settled, { fields: { kind, community, started_at, ended_at }, photo: null, voice: null });
      }
      records.put(settled);
    };
  }
});

/* Small things kept by name: the form token, the clock's offset, the day's list of a user. */
export const keep = (name, value) => within("readwrite", ({ kept }) => { kept.put({ name, value }); });
export const kept = (name) => within("readonly", (stores, give) => {
  stores.kept.get(name).onsuccess = (event) => give(event.target.result?.value);
});

/* At a log-out nothing that can be read stays; what is not sent does. */
export const leave = () => within("readwrite", ({ records, kept: names }) => {
  names.getAllKeys().onsuccess = (event) => {
    event.target.result.filter((name) => name.startsWith("today ")).forEach((name) => names.delete(name));
  };
  records.getAll().onsuccess = (event) => {
    event.target.result.filter((one) => one.state === "done").forEach((one) => records.delete(one.key));
  };
});

/* Erases what is only for reading: the lists of other users, and after a day everybody's. The queue stays. */
export const erase = (user, now) => within("readwrite", ({ records, kept: names }) => {
  names.getAll().onsuccess = (event) => {
    for (const { name, value } of event.target.result) {
      if (!name.startsWith("today ")) continue;
      if (name !== `today ${user}` || !(now - value.at < DAY)) names.delete(name);
    }
  };
  records.getAll().onsuccess = (event) => {
    for (const record of event.target.result) {
      if (record.state === "done" && !(record.user === user && now - record.settled < DAY)) records.delete(record.key);
    }
  };
});
