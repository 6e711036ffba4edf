// Loaded in front of a command (`node -r`): something inside fails as nobody foresaw.
const os = require("node:os");
os.release = () => {
  throw new TypeError(`nobody foresaw this in ${__dirname}`);
};
require("node:module").syncBuiltinESMExports();
