/* Keeps the site on the reader's device, so that it opens without a connection. The build puts
   before this a line with `BUILD`:
     version  changes when any file changes
     first    what is kept as soon as the site was visited: the page for no connection
     files    the other files of the site, each with the start of its SHA-256
     later    large files, which are kept when a page has used them
   A file is kept only if it is the one that was built: not the page of a hotel's network that
   asks for a password, not half a new edition. */
"use strict";

const PREFIX = "safehaven-";
const CACHE = PREFIX + BUILD.version;
const ROOT = new URL("./", self.location.href);
const HASHES = { ...BUILD.first, ...BUILD.files, ...BUILD.later };
const OFFLINE = "offline.html";

/* The path of a file of the site that an address means, or null for anything else. */
function pathOf(address) {
  const url = new URL(address, ROOT);
  if (url.origin !== ROOT.origin || !url.pathname.startsWith(ROOT.pathname)) return null;
  const path = decodeURIComponent(url.pathname.slice(ROOT.pathname.length));
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  return file in HASHES ? file : null;
}

const addressOf = (path) => new URL(path.split("/").map(encodeURIComponent).join("/"), ROOT).href;

async function isAsBuilt(path, response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").startsWith(HASHES[path]);
}

async function keep(cache, path, response) {
  if (!response.ok || !(await isAsBuilt(path, response))) return false;
  await cache.put(addressOf(path), response);
  return true;
}

/* Take a file from what the browser fetched for the page, or else, if that is another, anew. */
async function fetchAndKeep(cache, path, address = addressOf(path)) {
  if (await cache.match(addressOf(path))) return;
  const had = await fetch(address, { cache: "force-cache" });
  if (await keep(cache, path, had)) return;
  await keep(cache, path, await fetch(address, { cache: "no-cache" }));
}

/* From the last edition take what has not changed, and fetch anew what has. If the connection
   goes meanwhile, this edition is not installed, and the last one stays whole. */
async function takeOver(cache) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === CACHE) continue;
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      const path = pathOf(request.url);
      if (path === null || (await keep(cache, path, await old.match(request)))) continue;
      if (!(path in BUILD.later)) await fetchAndKeep(cache, path);
    }
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await takeOver(cache);
    await Promise.all(Object.keys(BUILD.first).map((path) => fetchAndKeep(cache, path)));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

/* ---- answering pages ---- */

async function answer(event, path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(addressOf(path));
  if (kept) return kept;
  const response = await fetch(event.request);
  const keeping = keep(cache, path, response.clone());
  event.waitUntil(keeping);
  if (path in BUILD.later || (await keeping)) return response;
  // Not what was built: perhaps an old copy of the browser's own, so ask the server once more.
  const anew = await fetch(event.request.url, { cache: "no-cache" });
  event.waitUntil(keep(cache, path, anew.clone()));
  return anew;
}

async function answerPage(event, path) {
  try {
    return await (path ? answer(event, path) : fetch(event.request));
  } catch (failure) {
    const cache = await caches.open(CACHE);
    const words = await cache.match(addressOf(OFFLINE));
    if (!words) throw failure;
    // It stands in for pages in any folder, so its links must start at the root of the site.
    const page = (await words.text()).replace("<head>", `<head><base href="${ROOT.href}">`);
    return new Response(page, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
}

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || event.request.headers.has("range")) return;
  const path = pathOf(event.request.url);
  if (event.request.mode === "navigate") event.respondWith(answerPage(event, path));
  else if (path) event.respondWith(answer(event, path));
});

/* ---- what pages ask for ---- */

async function state(cache) {
  const wanted = [...Object.keys(BUILD.first), ...Object.keys(BUILD.files)];
  const have = new Set((await cache.keys()).map((request) => pathOf(request.url)));
  return { kept: wanted.filter((path) => have.has(path)).length, of: wanted.length };
}

async function tell(cache, extra = {}) {
  const message = { type: "kept", ...(await state(cache)), ...extra };
  for (const client of await self.clients.matchAll()) client.postMessage(message);
}

async function keepAll(cache) {
  const missing = Object.keys(BUILD.files);
  const fetchNext = async () => {
    for (let path = missing.pop(); path !== undefined; path = missing.pop()) {
      await fetchAndKeep(cache, path);
      if (missing.length % 10 === 0) await tell(cache);
    }
  };
  // Two at a time: a reader who opens a page meanwhile must not wait for them.
  await Promise.all([fetchNext(), fetchNext()]);
}

self.addEventListener("message", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    try {
      if (event.data.type === "keep-these") {
        const ours = event.data.addresses.filter((address) => pathOf(address) !== null);
        await Promise.all(ours.map((address) => fetchAndKeep(cache, pathOf(address), address)));
      }
      if (event.data.type === "keep-all") await keepAll(cache);
      await tell(cache);
    } catch {
      await tell(cache, { broken: true }); // the connection went; the next page tries again
    }
  })());
});
