import { expect, test } from "vitest";
import { hasT64Names, missingLibraries, packagesFor, parseOsRelease } from "../../../scripts/setup/debianPackages.mjs";

const bookworm = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n`;
const trixie = `VERSION_ID="13"\nVERSION_CODENAME=trixie\nID=debian\n`;
const sid = `PRETTY_NAME="Debian GNU/Linux forky/sid"\nVERSION_CODENAME=forky\nID=debian\n`;
const jammy = `ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\nVERSION_CODENAME=jammy\nUBUNTU_CODENAME=jammy\n`;
const noble = `ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\nVERSION_CODENAME=noble\nUBUNTU_CODENAME=noble\n`;
const mint22 = `ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22"\nVERSION_CODENAME=wilma\nUBUNTU_CODENAME=noble\n`;
const fedora = `ID=fedora\nVERSION_ID=43\n`;

test.each([
  ["Debian 12", bookworm, false],
  ["Debian 13", trixie, true],
  ["Debian unstable", sid, true],
  ["Ubuntu 22.04", jammy, false],
  ["Ubuntu 24.04", noble, true],
  ["Linux Mint 22", mint22, true],
  ["Fedora", fedora, null],
  ["no os-release at all", "", null],
])("%s: package names with t64 or without", (_name, text, expected) => {
  expect(hasT64Names(parseOsRelease(text))).toBe(expected);
});

const ldd = `	linux-vdso.so.1 (0x00007efc678c0000)
	libnss3.so => not found
	libsmime3.so => not found
	libgtk-3.so.0 => not found
	libasound.so.2 => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007efc67400000)
	libfuture.so.9 => not found
`;

test("what ldd misses becomes packages, each once, and an unknown library is named", () => {
  const missing = missingLibraries(ldd);
  expect(missing).toEqual(["libnss3.so", "libsmime3.so", "libgtk-3.so.0", "libasound.so.2", "libfuture.so.9"]);
  expect(packagesFor(missing, false)).toEqual({
    packages: ["libasound2", "libgtk-3-0", "libnss3"],
    unknown: ["libfuture.so.9"],
  });
  expect(packagesFor(missing, true).packages).toEqual(["libasound2t64", "libgtk-3-0t64", "libnss3"]);
});
