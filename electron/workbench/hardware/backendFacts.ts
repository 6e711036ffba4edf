import type { BackendProbe } from "../../contract/engine.ts";
import type { BackendFacts } from "../../contract/hardware.ts";

/** A probe's outcome with what to do about it. `hasNvidia`: NVIDIA's driver answers on this machine. */
export function backendFacts(probe: BackendProbe, hasNvidia: boolean): BackendFacts {
  const { backend, usable, reason } = probe;
  return { name: backend, usable, reason, advice: usable ? null : advice(probe, hasNvidia) };
}

function advice({ backend, reason }: BackendProbe, hasNvidia: boolean): string | null {
  if (/exists on macOS only|does not exist on macOS|Metal is used instead/.test(reason)) return null;
  if (/crashed|did not answer/.test(reason)) return "Update the graphics driver, then restart the app.";
  if (backend === "cuda") {
    return hasNvidia
      ? "NVIDIA's driver is there, but this package's CUDA engine or the CUDA libraries are not. Vulkan serves such a card too."
      : "It needs an NVIDIA card and NVIDIA's driver. With one, install the driver and restart the app.";
  }
  if (backend === "vulkan") {
    return "With a graphics card, install its driver with Vulkan (on Debian and Ubuntu: mesa-vulkan-drivers), then restart the app.";
  }
  return "Restart the app. If it happens again, copy this for a bug report.";
}
