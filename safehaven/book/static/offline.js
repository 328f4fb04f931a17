/* Offers to keep the whole course on the device, and says when there is no connection. What is
   kept, and how, is the matter of the service worker (sw.js at the root of the site). */
(() => {
  "use strict";

  const WISH = "safehaven.offline"; // "all" when the reader asked for the whole course
  const root = new URL(document.documentElement.dataset.content_root || "./", document.baseURI);
  const note = document.querySelector(".offline-note");
  const block = document.querySelector(".offline-keep");
  const button = block?.querySelector("button");
  const status = block?.querySelector("[role=status]");
  const line = navigator.connection;

  function wish(value) {
    try {
      if (value) localStorage.setItem(WISH, value);
      return localStorage.getItem(WISH);
    } catch {
      return null; // a browser that keeps nothing for this site
    }
  }

  /* ---- in words, when there is no connection ---- */

  const NO_CONNECTION = "There is no connection. Pages that are kept on this device open as usual.";
  const say = (...words) => note?.replaceChildren(...words);
  addEventListener("online", () => say());
  addEventListener("offline", () => say(NO_CONNECTION));
  if (!navigator.onLine) say(NO_CONNECTION);

  /* Who reads it from a disk has the one file already. */
  const onDisk = location.protocol === "file:";
  if (onDisk) document.querySelectorAll(".zip-offer").forEach((offer) => { offer.hidden = true; });
  if (onDisk || !("serviceWorker" in navigator)) return;

  /* A link in the page itself would be an error when it is read from a file. */
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = new URL("manifest.webmanifest", root).href;
  document.head.append(manifest);

  /* ---- keeping ---- */

  const worker = navigator.serviceWorker;
  const returning = worker.controller !== null;

  function show({ kept, of, broken }) {
    const all = kept === of;
    button.hidden = all;
    if (all) status.textContent = "The whole course is kept on this device and opens without a connection.";
    else if (broken) status.textContent = `The connection was lost: ${kept} of ${of} files are kept. The rest follows when you open another page.`;
    else if (wish() === "all") status.textContent = `${kept} of ${of} files are kept on this device so far.`;
    else status.textContent = "The pages that you opened are kept on this device.";
    block.hidden = false;
  }

  const ask = async (message) => (await worker.ready).active.postMessage(message);

  /* The second page shows that the reader stays; then the rest may come, if data is not scarce. */
  function mayFetchAll() {
    if (wish() === "all") return true;
    return returning && !line?.saveData && !/2g/.test(line?.effectiveType ?? "");
  }

  async function begin() {
    const kept = await worker.register(new URL("sw.js", root), { updateViaCache: "none" });
    if (returning) {
      kept.update().catch(() => say(NO_CONNECTION)); // also where the line is there but leads nowhere
    } else {
      const fetched = performance.getEntriesByType("resource").map((entry) => entry.name);
      await ask({ type: "keep-these", addresses: [location.href, ...fetched] });
    }
    if (!mayFetchAll()) return ask({ type: "state" });
    const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 2000));
    return idle(() => ask({ type: "keep-all" }), { timeout: 5000 });
  }

  worker.addEventListener("message", (event) => {
    if (event.data.type === "kept" && block) show(event.data);
  });
  worker.addEventListener("controllerchange", () => {
    if (!returning) return;
    const again = document.createElement("a");
    again.href = "";
    again.textContent = "Load it";
    say("There is a new edition of the course. ", again, ".");
  });
  button?.addEventListener("click", () => {
    wish("all");
    status.textContent = "Keeping the course on this device …";
    ask({ type: "keep-all" });
  });

  /* ---- the page for no connection lists what is kept ---- */

  async function listKept(list) {
    const found = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (!/\/book\/.*\.html$/.test(request.url)) continue;
        const html = await (await cache.match(request)).text();
        const { title } = new DOMParser().parseFromString(html, "text/html");
        const link = document.createElement("a");
        link.href = request.url;
        link.textContent = title.split(" — ")[0];
        const entry = document.createElement("li");
        entry.append(link);
        found.push(entry);
      }
    }
    if (found.length) list.replaceChildren(...found);
    else list.firstElementChild.textContent = "None yet.";
  }
  const list = document.querySelector(".offline-pages");
  if (list) listKept(list);

  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
})();
