// Measures the window's longest task while hostile replies stream, are opened and are scrolled, in milliseconds of CPU
// time and (of elapsed time), and the page's largest memory. CPU time is also valid on a machine with other load. Also
// reports replies that look different after streaming than when opened. Needs a display or xvfb-run, and a build (npm
// run build).
//   node tests/bench/hostileReplies.mjs [--parts] [NAME...]     --parts: what tasks over 100 ms are made of
import { hostileTexts as firstTexts } from "../support/chats/hostileTexts.mjs";
import { moreHostileTexts } from "../support/chats/moreHostileTexts.mjs";
import { pageMegabytes, writingApp } from "./writingApp.mjs";
import { startTasks, stopTasks } from "../support/windowTasks.mjs";

const app = await writingApp();
const hostileTexts = { ...firstTexts, ...moreHostileTexts };
const showsParts = process.argv.includes("--parts");
const wanted = process.argv.slice(2).filter((word) => word !== "--parts");
const names = Object.keys(hostileTexts).filter((name) => wanted.length === 0 || wanted.includes(name));
/** A task is recorded when it has ended, so this waits a moment first. */
const longest = async (electron, page) => {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  const tasks = await stopTasks(electron);
  if (showsParts) for (const task of tasks.filter(({ cpuMs }) => cpuMs > 100)) tellParts(task);
  return { cpuMs: tasks[0]?.cpuMs ?? 0, wallMs: Math.max(0, ...tasks.map(({ wallMs }) => wallMs)) };
};

function tellParts({ cpuMs, parts }) {
  const words = parts.map(({ name, cpuMs: part }) => `${name} ${Math.round(part)}`);
  console.log(`    ${Math.round(cpuMs)} ms: ${words.join(", ")}`);
}

/** Several texts share an app; after a very long one a new app starts, so that its memory counts only for that text. */
const longText = 1_000_000;
let running = null;

/** Returns the content of the page from the top, part by part; null for a part too far away to be rendered. */
const drawn = (page) =>
  page.evaluate(async () => {
    const scroller = document.querySelector(".conversation-scroll");
    scroller.scrollTop = 0;
    for (let count = 0; count < 12; count++) await new Promise((resolve) => requestAnimationFrame(resolve));
    const answer = document.querySelector("[data-testid=answer]");
    const parts = Array.from(answer.querySelectorAll(":scope > .answer-part"), (part) => {
      if (part.children.length === 1 && part.firstElementChild.classList.contains("plain-text")) return null;
      const copy = part.cloneNode(true);
      // Colours are added later.
      for (const code of copy.querySelectorAll("figure.code code")) code.textContent = String(code.textContent);
      for (const pieces of copy.querySelectorAll(".plain-text")) pieces.textContent = String(pieces.textContent);
      return copy.innerHTML;
    });
    const tail = answer.querySelector(":scope > .plain-text")?.textContent ?? "";
    const notes = answer.querySelectorAll(".plain-note").length;
    const isPlain = tail !== "" || answer.querySelector(".plain-text:not(.is-late)") !== null;
    return { parts, tail, notes, isPlain };
  });

/** Returns what is wrong, in words; empty if nothing is. */
function faultsIn(text, streamed, opened) {
  const faults = [];
  if (streamed.tail !== opened.tail) faults.push(`PLAIN FROM ${streamed.tail.length}/${opened.tail.length}`);
  if (streamed.parts.length !== opened.parts.length)
    faults.push(`PARTS ${streamed.parts.length}/${opened.parts.length}`);
  const at = streamed.parts.findIndex((part, index) => part && opened.parts[index] && part !== opened.parts[index]);
  if (at !== -1) faults.push(`PART ${at} DIFFERS`);
  if (!text.endsWith(opened.tail)) faults.push("TAIL IS NOT THE TEXT");
  if (opened.notes > 1 || streamed.notes > 1) faults.push("NOTES");
  return faults.join(", ");
}

/** Waits until everything has been typeset. */
const settled = (page) => page.waitForFunction(() => document.querySelector(".answer-text .is-waiting") === null);

console.log("text                 chars   stream (wall)    open (wall)  scroll (wall)    MB  outcome");
for (const name of names) {
  const text = hostileTexts[name];
  await app.writeNext([{ part: "answer", text }], Math.max(16, Math.ceil(text.length / 2000)));
  const cells = [name.padEnd(18), String(text.length).padStart(8)];
  running ??= await app.launch();
  const { electron, page } = running;
  let megabytes = 0;
  const show = ({ cpuMs, wallMs }) =>
    cells.push(Math.round(cpuMs).toString().padStart(7), `(${Math.round(wallMs)})`.padStart(7));
  const sampler = setInterval(() => {
    pageMegabytes(electron).then(
      (now) => (megabytes = Math.max(megabytes, now)),
      () => undefined,
    );
  }, 200);
  try {
    await page.getByRole("button", { name: "New chat" }).click();
    await startTasks(electron, showsParts);
    await page.getByRole("textbox", { name: "Message" }).fill(`Write ${name}.`);
    await page.getByRole("textbox", { name: "Message" }).press("Enter");
    await page.getByRole("button", { name: "Regenerate" }).waitFor();
    await settled(page);
    show(await longest(electron, page));
    const streamed = await drawn(page);
    const address = await page.evaluate(() => location.hash);
    await page.getByRole("button", { name: "New chat" }).click();
    await page.locator("article").first().waitFor({ state: "detached" });
    await startTasks(electron, showsParts);
    await page.evaluate((hash) => (location.hash = hash), address);
    await page.getByRole("button", { name: "Regenerate" }).waitFor();
    await settled(page);
    show(await longest(electron, page));
    const opened = await drawn(page);
    await startTasks(electron, showsParts);
    await page.evaluate(async () => {
      const scroller = document.querySelector(".conversation-scroll");
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let step = 40; step >= 0; step--) {
        scroller.scrollTop = (scroller.scrollHeight * step) / 40;
        for (let count = 0; count < 4; count++) await frame();
      }
      for (let step = 0; step < 60; step++) {
        scroller.scrollTop += 800;
        await frame();
      }
    });
    show(await longest(electron, page));
    await page.getByTestId("answer").first().waitFor({ state: "attached", timeout: 1000 });
    const note = await page
      .locator(".plain-note")
      .first()
      .textContent({ timeout: 1000 })
      .catch(() => null);
    const outcome = note === null ? "formatted" : note.startsWith("The rest") ? "rest plain" : "part plain";
    cells.push(Math.round(megabytes).toString().padStart(5), ` ${outcome}`, faultsIn(text, streamed, opened));
  } catch (error) {
    running = null;
    const said = await page
      .locator("article")
      .last()
      .textContent({ timeout: 1000 })
      .catch(() => "nothing");
    cells.push(`  FAILED: ${String(error).split("\n")[0]} (${String(said).slice(0, 200)})`);
  }
  clearInterval(sampler);
  if (running === null || text.length >= longText) {
    await electron.close().catch(() => undefined);
    running = null;
  }
  console.log(cells.join(" "));
}
await running?.electron.close();
await app.remove();
