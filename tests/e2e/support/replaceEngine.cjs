// Preloaded before the app (`electron -r`): starts the file named by R1_TEST_ENGINE in place of the engine. Everything
// else between the engine and the page is the app's own.
const childProcess = require("node:child_process");
const { syncBuiltinESMExports } = require("node:module");

const { spawn } = childProcess;
childProcess.spawn = (command, args, options) => {
  const isEngine = /[\\/]engine\.js$/.test(args?.[0] ?? "");
  // With these options, the same file only reads a model's header or probes a backend.
  if (!isEngine || args.includes("--inspect") || args.includes("--probe")) return spawn(command, args, options);
  const { R1_TEST_ENGINE, R1_TEST_REPLY, R1_TEST_ENGINE_SAYS } = process.env;
  const env = { ...options.env, R1_TEST_REPLY, R1_TEST_ENGINE_SAYS };
  return spawn(command, [R1_TEST_ENGINE, ...args.slice(1)], { ...options, env });
};
syncBuiltinESMExports();
