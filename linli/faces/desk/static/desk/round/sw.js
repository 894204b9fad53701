/* The round without a network: the page and what it is drawn with are kept. The server writes VERSION and FILES before
   this: a changed file is another version, and what was kept of the old one goes. */

const DRAWN = `linli-round-${VERSION}`, PAGES = "linli-round-pages";
const PATIENCE = 4000; // ms; a network that is there and carries nothing is none

self.addEventListener("install", (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(DRAWN).then((kept) => kept.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("linli-round-") && name !== DRAWN && name !== PAGES;
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

const fromNetwork = async (request, pages) => {
  const answer = await fetch(request);
  if (answer.ok) await pages.put(new URL(request.url).pathname, answer.clone());
  return answer;
};

/* Network first; what was kept when there is none, or when it says nothing for a while. */
const page = async (request) => {
  const pages = await caches.open(PAGES), kept = await pages.match(new URL(request.url).pathname);
  const asked = fromNetwork(request, pages);
  if (!kept) return asked;
  const waited = new Promise((done) => { setTimeout(() => done(kept), PATIENCE); });
  const answer = await Promise.race([asked.catch(() => kept), waited]);
  return answer.status >= 500 ? kept : answer;
};

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname.endsWith("/")) event.respondWith(page(request));
  else if (FILES.includes(url.pathname)) {
    event.respondWith(caches.open(DRAWN).then((kept) => kept.match(url.pathname)).then((found) => found ?? fetch(request)));
  }
});
