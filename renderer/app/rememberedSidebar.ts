const rememberedIn = "sidebar";

/** In pixels. */
export const sidebarWidths = { least: 200, usual: 240, most: 400 };

export interface SidebarMemory {
  width: number;
  /** Whether it is reduced to the rail in a wide window. */
  isFolded: boolean;
}

/** Returns the form that the sidebar was left in. The first frame does not wait for the settings, so it is kept here. */
export function rememberedSidebar(): SidebarMemory {
  try {
    const { width, isFolded } = JSON.parse(localStorage.getItem(rememberedIn) ?? "{}") as Record<string, unknown>;
    return { width: allowedWidth(width), isFolded: isFolded === true };
  } catch {
    return { width: sidebarWidths.usual, isFolded: false };
  }
}

export function rememberSidebar(memory: SidebarMemory): void {
  localStorage.setItem(rememberedIn, JSON.stringify(memory));
}

function allowedWidth(width: unknown): number {
  if (typeof width !== "number" || !Number.isFinite(width)) return sidebarWidths.usual;
  return Math.min(Math.max(Math.round(width), sidebarWidths.least), sidebarWidths.most);
}
