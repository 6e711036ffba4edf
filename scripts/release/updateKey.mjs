// `node scripts/release/updateKey.mjs`: makes a key pair for signing the descriptions of releases (docs/releasing.md).
import { generateKeyPairSync } from "node:crypto";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const base64 = (/** @type {Buffer} */ der) => der.toString("base64");
console.log(`R1_UPDATE_KEY=${base64(publicKey.export({ format: "der", type: "spki" }))}`);
console.log(`R1_UPDATE_SIGNING_KEY=${base64(privateKey.export({ format: "der", type: "pkcs8" }))}`);
