import type { Handlers } from "../../contract/calls.ts";
import type { catalogCalls } from "../../contract/catalog.ts";
import type { CatalogOwner } from "./createCatalog.ts";

/** Answers the `catalog.*` calls. */
export function catalogHandlers(catalog: CatalogOwner): Handlers<typeof catalogCalls> {
  return { "catalog.get": () => catalog.get() };
}
