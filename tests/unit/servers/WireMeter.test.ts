import { expect, it } from "vitest";
import { WireMeter } from "../../../electron/workbench/servers/WireMeter.ts";

/** Returns a meter whose clock stands still until `wait`. */
function meterAt() {
  let now = 0;
  const meter = new WireMeter(() => now);
  const pieces = (count: number): void => {
    meter.arrived();
    for (let each = 0; each < count; each++) meter.piece("answer");
  };
  return { meter, pieces, wait: (ms: number) => (now += ms) };
}

it("tells the speed of the last second, also of a server that sends more than anybody can read", () => {
  const { meter, pieces, wait } = meterAt();
  for (let each = 0; each < 10; each++) {
    pieces(20_000);
    wait(100);
  }
  expect(meter.live().tokensPerSecondNow).toBeGreaterThan(100_000);
  wait(2000);
  const begin = performance.now();
  pieces(1);
  // To take them out one by one would take longer than ten seconds, in which the app could do nothing else.
  expect(performance.now() - begin).toBeLessThan(2000);
  wait(500);
  pieces(1);
  expect(meter.live().tokensPerSecondNow).toBe(2);
});
