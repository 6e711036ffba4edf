import { X509Certificate } from "node:crypto";
import { WorkbenchError } from "../../contract/errors.ts";
import type { Server } from "../../contract/servers.ts";

const begin = "-----BEGIN CERTIFICATE-----";

/** Returns PEM text as it is stored: only the certificates in it. Throws `server-certificate-invalid`. */
export function checkedCertificate(text: string, now = Date.now()): string {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g);
  if (blocks === null) throw new WorkbenchError("server-certificate-invalid", { case: "notPem" });
  const pem = `${blocks.join("\n")}\n`;
  const read = describeCertificate(pem);
  if (read === null) throw new WorkbenchError("server-certificate-invalid", { case: "notPem" });
  if (read.validTo < now) throw new WorkbenchError("server-certificate-invalid", { case: "expired" });
  return pem;
}

/** Returns what is shown of the first certificate, or null if it cannot be read. */
export function describeCertificate(pem: string): Server["certificate"] {
  try {
    const { subject, fingerprint256, validTo } = new X509Certificate(pem.slice(pem.indexOf(begin)));
    return {
      subject: subject.replaceAll("\n", ", ").slice(0, 300),
      sha256: fingerprint256,
      validTo: Date.parse(validTo),
    };
  } catch {
    return null;
  }
}
