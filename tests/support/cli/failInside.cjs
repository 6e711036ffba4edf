// Preloaded before a command (`node -r`): makes an internal call fail unexpectedly.
const os = require("node:os");
os.release = () => {
  throw new TypeError(`nobody foresaw this in ${__dirname}`);
};
require("node:module").syncBuiltinESMExports();
