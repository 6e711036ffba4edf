import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A key with its certificate, created for each test: no private key is in the repository, and none expires. */
export interface Identity {
  /** Both in PEM format, as servers and `NODE_EXTRA_CA_CERTS` take them. */
  key: string;
  cert: string;
  name: string;
  privateKey: KeyObject;
}

export interface IdentityOptions {
  name: string;
  /** The host names and IPv4 addresses that it is valid for. */
  hosts?: string[];
  /** Days from now, which may be negative. */
  validFromDay?: number;
  validToDay?: number;
  /** The signer; if omitted, it is self-signed and may sign others. */
  authority?: Identity;
}

const dayMs = 86_400_000;

/** Creates an X.509 version 3 certificate (RFC 5280), signed by ECDSA over P-256 with SHA-256. */
export function createIdentity(options: IdentityOptions): Identity {
  const { name, hosts = [], validFromDay = -1, validToDay = 1, authority } = options;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(objectId("2a8648ce3d040302"));
  const extensions = [
    extension("551d13", sequence(...(authority === undefined ? [der(0x01, Buffer.from([0xff]))] : []))),
    ...(hosts.length === 0 ? [] : [extension("551d11", sequence(...hosts.map(hostName)))]),
  ];
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    // A leading zero byte would change how the number must be encoded.
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguishedName(authority?.name ?? name),
    sequence(day(validFromDay), day(validToDay)),
    distinguishedName(name),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign("sha256", toBeSigned, authority?.privateKey ?? privateKey);
  const certificate = sequence(toBeSigned, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = certificate.toString("base64").replaceAll(/.{1,64}/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
    name,
    privateKey,
  };
}

/** Returns one value in DER: its tag, its length, its bytes. */
function der(tag: number, bytes: Buffer): Buffer {
  const { length } = bytes;
  const lengthBytes = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), bytes]);
}

const sequence = (...values: Buffer[]): Buffer => der(0x30, Buffer.concat(values));
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, "hex"));
const extension = (id: string, value: Buffer): Buffer => sequence(objectId(id), der(0x04, value));
const distinguishedName = (name: string): Buffer =>
  sequence(der(0x31, sequence(objectId("550403"), der(0x0c, Buffer.from(name)))));

function hostName(host: string): Buffer {
  const isAddress = /^[\d.]+$/.test(host);
  return isAddress ? der(0x87, Buffer.from(host.split(".").map(Number))) : der(0x82, Buffer.from(host));
}

function day(fromNow: number): Buffer {
  const time = new Date(Date.now() + fromNow * dayMs).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return der(0x18, Buffer.from(time));
}
