// On a busy machine, what usually takes milliseconds may take seconds. What never happens still fails.
if (typeof document !== "undefined") {
  const { configure } = await import("@testing-library/react");
  configure({ asyncUtilTimeout: 20_000 });
}
export {};
