/**
 * Starts to measure how long it takes from each key to the paint that follows it, as Chromium's event timing states it, in
 * steps of 8 ms.
 * @param {import("@playwright/test").Page} page
 */
export async function watchKeys(page) {
  await page.evaluate(() => {
    window.keyWatch?.disconnect();
    window.keyTimes = [];
    window.keyWatch = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === "keydown") window.keyTimes.push(entry.duration);
    });
    window.keyWatch.observe({ type: "event", durationThreshold: 16 });
  });
}

/**
 * Resolves with the times of that many keys in milliseconds, shortest first, and with how to read the one below which a
 * share of them lies.
 * @param {import("@playwright/test").Page} page
 * @param {number} keys
 */
export async function keyTimes(page, keys) {
  const slow = await page.evaluate(() => window.keyTimes);
  // Chromium reports no event that was painted within 16 ms.
  const all = [...slow, ...Array(Math.max(0, keys - slow.length)).fill(16)].toSorted((a, b) => a - b);
  return { all, at: (/** @type {number} */ share) => all[Math.ceil(all.length * share) - 1] };
}
