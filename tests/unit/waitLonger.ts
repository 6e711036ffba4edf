// A busy machine may take seconds for what usually takes milliseconds. What never happens still fails.
if (typeof document !== "undefined") {
  const { configure } = await import("@testing-library/react");
  configure({ asyncUtilTimeout: 20_000 });
}
export {};
