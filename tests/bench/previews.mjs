// Measures the memory of the app's processes before, and after 10 and 100 previewed pages, and the same of diagrams, in
// megabytes. Needs a display or xvfb-run, and a build (npm run build).
//   node tests/bench/previews.mjs
import { inMain } from "../support/inMain.mjs";
import { writingApp } from "./writingApp.mjs";

const counts = [10, 100];
const app = await writingApp();
const { electron, page } = await app.launch();

/** What all processes of a kind use together, and how many they are. */
const memory = () =>
  inMain(electron, ({ app: running }) => {
    const kinds = {};
    for (const { type, memory: used } of running.getAppMetrics()) {
      const kind = (kinds[type] ??= { processes: 0, megabytes: 0 });
      kind.processes++;
      kind.megabytes += Math.round(used.workingSetSize / 1000);
    }
    return kinds;
  });
const call = (name, input) =>
  page.evaluate(
    async ([asked, given]) => {
      const outcome = await globalThis.r1.call(asked, given);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
      return outcome.value;
    },
    [name, input],
  );
const tell = (words, kinds) => {
  const parts = Object.entries(kinds).map(
    ([kind, { processes, megabytes }]) => `${kind} ${megabytes} (${processes} processes)`,
  );
  console.log(`${words}: ${parts.join(", ")}`);
};

/** Shows a page that draws, and waits until it runs. */
async function preview(number) {
  const text = `<!doctype html><canvas id=c width=300 height=200></canvas><script>
    const kept = new Uint8Array(20_000_000).fill(${number});
    c.getContext("2d").fillRect(0, 0, 100 + ${number}, 50);
  </script>`;
  const runs = page.evaluate(
    () =>
      new Promise((resolve) => {
        const stop = globalThis.r1.onEvent((name, data) => {
          if (name !== "preview.changed" || data.state !== "running") return;
          stop();
          resolve(null);
        });
      }),
  );
  await call("preview.show", { kind: "html", files: [{ name: "index.html", text }], isPartial: false });
  await call("preview.place", { bounds: { x: 400, y: 100, width: 320, height: 240 } });
  await runs;
}

async function diagram(number) {
  const { state } = await call("diagrams.draw", { text: `graph TD\nA${number}-->B\nB-->C`, theme: "light" });
  if (state !== "drawn") throw new Error(`The diagram was not drawn: ${state}`);
}

tell("before", await memory());
for (const { words, work } of [
  { words: "pages", work: preview },
  { words: "diagrams", work: diagram },
]) {
  let done = 0;
  for (const count of counts) {
    for (; done < count; done++) await work(done);
    await call("preview.close", {});
    // Processes that have been ended are gone a moment later.
    await page.waitForTimeout(3000);
    tell(`after ${count} ${words}`, await memory());
  }
}
await electron.close();
await app.remove();
