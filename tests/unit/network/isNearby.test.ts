import { expect, test } from "vitest";
import { isNearby } from "../../../electron/workbench/network/isNearby.ts";

test.each([
  "localhost",
  "127.0.0.1",
  "192.168.1.20",
  "10.0.0.7",
  "[fd00::1]",
  "gpu-box",
  "gpu.local",
  "GPU.Local.",
  "a.lan",
  "a.home.arpa",
  "a.internal",
])("%s is in the local network", (hostname) => expect(isNearby(hostname)).toBe(true));

test.each([
  "gpu.example.org",
  "8.8.8.8",
  "[2606:4700::1111]",
  "local.example.org",
  "mylan.org",
  "internal.example.org",
])("%s is not", (hostname) => expect(isNearby(hostname)).toBe(false));
