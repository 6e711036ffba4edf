import { join } from "node:path";
import type { ComponentPiece, ComponentRelease } from "./ComponentRelease.ts";

/** Returns the folder of the home that has the components, and their unfinished downloads. */
export const componentsFolder = (home: string): string => join(home, "components");

/** Returns the name of a component's folder, in which node-llama-cpp's packages have theirs. */
export const folderName = ({ name, version, mark }: ComponentRelease): string =>
  `${name}-${version}-${mark.slice(0, 16)}`;

/** Returns where the files of a piece are, from the component's folder. */
export const pieceFolder = ({ package: name }: ComponentPiece): string => join(...name.split("/"));
