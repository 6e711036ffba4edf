import { expect, test } from "vitest";
import { judgeTour } from "../../../scripts/network/judgeTour.mjs";
import { planted } from "../../../scripts/network/planted.mjs";
import { tourTable } from "../../../scripts/network/tourTable.mjs";

const stages = ["the first start", "a chat", "planted", "end"].map((stage, index) => ({ stage, atMs: index * 100 }));

function contact(atMs: number, where: string, name: string | null = null, sent = true) {
  return { atMs, process: "electron 7", where, name, sent };
}

const all = Object.values(planted).map((host) =>
  /^[\d.]+$/.test(host) ? contact(250, `${host}:443`) : contact(250, "a name server", host),
);

test("a tour with only its planted contacts is quiet", () => {
  const verdict = judgeTour({ stages, contacts: all, hasOwnNetwork: true });
  expect(verdict).toMatchObject({ isQuiet: true, seesAll: true });
  expect(tourTable(verdict)).toContain("6 of 6.\n");
  expect(tourTable(verdict)).toMatch(/\nNothing left this machine\.$/);
});

test("a contact is reported with the stage in which it was made", () => {
  const early = contact(150, "a name server", "redirector.gvt1.com");
  const verdict = judgeTour({ stages, contacts: [early, ...all], hasOwnNetwork: true });
  expect(verdict).toMatchObject({ isQuiet: false, seesAll: true });
  expect(verdict.stages).toEqual([
    { stage: "the first start", contacts: [] },
    { stage: "a chat", contacts: [early] },
  ]);
  expect(tourTable(verdict)).toMatch(/a chat +the name redirector\.gvt1\.com/);
  expect(tourTable(verdict)).toContain("Something left this machine");
});

test("a route lookup without a packet is shown but not counted", () => {
  const verdict = judgeTour({
    stages,
    contacts: [contact(50, "8.8.8.8:53", null, false), ...all],
    hasOwnNetwork: true,
  });
  expect(verdict.isQuiet).toBe(true);
  expect(tourTable(verdict)).toContain("the way to 8.8.8.8:53 was looked up");
});

test.each([
  ["a planted contact was missed", { stages, contacts: all.slice(1) }],
  ["nothing was recorded at all", { stages, contacts: [] }],
  ["the tour broke off", { stages: stages.slice(0, 3), contacts: all }],
  ["the tour never began", { stages: [], contacts: all }],
])("proves nothing when %s", (_why, { stages: held, contacts }) => {
  const verdict = judgeTour({ stages: held, contacts, hasOwnNetwork: true });
  expect(verdict.seesAll).toBe(false);
});
