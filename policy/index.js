// What requires this file can't strip types; what is imported from here, Node strips.
import "./pack.ts";
