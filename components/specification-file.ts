import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { transformSync } from "esbuild";
import type { Problem } from "./model/problems.ts";
import { shown } from "./model/values.ts";

/** A JSON file's content, or why there is none. */
export type ReadJson = { content: unknown; problems: Problem[] } | { content?: never; problems: Problem[] };

interface Message {
  text: string;
  location: { line: number; column: number } | null;
}

/**
 * Reads a specification's file.
 *
 * @param path - Relative to the project's folder, in which programs run.
 */
export function readSpecificationFile(path: string): ReadJson {
  const key = path.replace(/^\.\//, "");
  const problem = (message: string): Problem => ({ rule: "specification-file", key, message });
  if (!path.endsWith(".json")) {
    return {
      problems: [problem('must be a JSON file, as the Console and the command line take it: "./api.json"')],
    };
  }
  let text: string;
  try {
    text = readFileSync(resolve(path), "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    return { problems: [problem(reasonOf(error))] };
  }
  const messages = jsonMessages(text);
  if (messages.length > 0) {
    return { problems: messages.map((one) => problem(`is not sound JSON: ${placed(one)}`)) };
  }
  return { content: JSON.parse(text), problems: [] };
}

/** What is wrong with a JSON text: its syntax, and keys that stand in an object twice. */
function jsonMessages(text: string): readonly Message[] {
  try {
    return transformSync(text, { loader: "json", logLevel: "silent" }).warnings;
  } catch (error) {
    return (error as { errors: Message[] }).errors;
  }
}

function placed({ text, location }: Message): string {
  const plain = text.replace(/ in JSON\b/, "").replace(" in object literal", "");
  return location === null ? plain : `line ${location.line}, column ${location.column + 1}: ${plain}`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT")
    return `is not there; the path is relative to the project's folder, for example "./api.json"`;
  return code === "EISDIR" ? "is a folder; name the file" : `can't be read: ${shown(message)}`;
}
