/* Runs the live cells of a page in CPython (Pyodide), away from the page, so that a page can stop
   it whatever it does. It is started at the first Run and asks for files of this site alone. */
import { loadPyodide } from "./pyodide.mjs";

const HERE = new URL("./", import.meta.url).href;
const TABLES = "/tables";
const asked = new Map();

async function fetched(name) {
  const response = await fetch(new URL(name, HERE));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}

/* Do something once, and again only where it failed. */
function once(name, work) {
  if (!asked.has(name)) {
    asked.set(name, work().catch((error) => {
      asked.delete(name);
      throw error;
    }));
  }
  return asked.get(name);
}

const python = () => once("python", async () => {
  const [pyodide, runtime] = await Promise.all([
    loadPyodide({ indexURL: HERE }),
    fetched("live_runtime.py").then((response) => response.text()),
  ]);
  pyodide.FS.mkdirTree(TABLES);
  pyodide.FS.writeFile("/lib/live_runtime.py", runtime);
  pyodide.runPython("import sys; sys.path.insert(0, '/lib')");
  return pyodide;
});

const table = (name) => once(name, async () => {
  const text = await (await fetched(`tables/${name}`)).text();
  const pyodide = await python();
  pyodide.FS.mkdirTree(`${TABLES}/${name.split("/").slice(0, -1).join("/")}`);
  pyodide.FS.writeFile(`${TABLES}/${name}`, text);
});

const networkx = () => once("networkx", async () => {
  const packed = await (await fetched("networkx.zip")).arrayBuffer();
  const pyodide = await python();
  pyodide.unpackArchive(packed, "zip", { extractDir: "/lib" });
});

self.addEventListener("message", async ({ data: { code, check, data } }) => {
  try {
    const more = /\bnetworkx\b/.test(code) ? [networkx()] : [];
    const [pyodide] = await Promise.all([python(), ...more, ...data.map(table)]);
    self.postMessage({ type: "running" });
    const run = pyodide.pyimport("live_runtime").run_as_json;
    self.postMessage({ type: "answer", ...JSON.parse(run(code, check, TABLES)) });
  } catch (error) {
    self.postMessage({ type: "broken", words: String(error.message ?? error) });
  }
});
