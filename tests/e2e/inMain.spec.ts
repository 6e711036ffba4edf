import { expect, test } from "@playwright/test";
import { inMain } from "../support/inMain.mjs";
import { launchedApps } from "./support/launchedApps.ts";

const launch = launchedApps();

test("a busy main process responds to every request of a test once", async () => {
  const app = await launch();
  await inMain(app.electron, () => {
    let made: unknown[] = [];
    const work = (): void => {
      const end = Date.now() + 40;
      while (Date.now() < end) made = Array.from({ length: 20_000 }, (_, index) => ({ index, text: String(index) }));
      setTimeout(work, 5 + made.length * 0);
    };
    setTimeout(work, 5);
  });
  const answers: number[] = [];
  for (let question = 0; question < 50; question++) {
    answers.push(
      await inMain(
        app.electron,
        (_, number) => {
          const counter = globalThis as unknown as { asked?: number };
          counter.asked = (counter.asked ?? 0) + 1;
          return number * 1000 + counter.asked;
        },
        question,
      ),
    );
  }
  expect(answers).toEqual(Array.from({ length: 50 }, (_, question) => question * 1000 + question + 1));
  await expect(
    inMain(app.electron, () => {
      throw new Error("What fails there fails here.");
    }),
  ).rejects.toThrow("What fails there fails here.");
});
