// What requires this file can't strip types; what is imported from here, Node strips: another Node is refused first.
import "../tools/require-node.mjs";

import("./pack.ts");
