import picocolors from "picocolors";
import type { EmulatorEvent } from "../../emulator/types.ts";

/** One readable line for each request; what functions write indented below; the reason of a refused call. */
export function formatEvent(event: EmulatorEvent): string | undefined {
  switch (event.type) {
    case "access": {
      const { httpMethod, requestUri, status, requestDurationInMs, backendType, route } = event;
      const target = route === undefined ? "no route" : `${backendName(backendType)} ${route}`;
      const time = `${Math.round(requestDurationInMs)} ms`.padStart(8);
      return `${printable(httpMethod).padEnd(7)} ${colored(status)} ${time}  ${printable(requestUri)}  ${picocolors.dim(target)}`;
    }
    case "execution":
      if (event.level === "INFO") return undefined;
      // The statement stands in the decision's lines already.
      return `       ${picocolors.yellow(event.code)}: ${colorsOnly(event.message.split(" A statement that would allow it")[0] ?? "")}`;
    case "decision": {
      if (event.decision.allowed) return undefined;
      const { reasons, missingStatement } = event.decision;
      return [
        `       ${picocolors.red("IAM refused")} ${event.permission} on ${event.targetId} to ${event.principalId}`,
        ...reasons.map((reason) => `         ${reason}`),
        `         This statement would allow it: ${picocolors.bold(missingStatement)}`,
      ].join("\n");
    }
    case "function-log":
      return `       ${picocolors.dim(`${event.displayName} |`)} ${colorsOnly(event.line)}`;
    case "function-started":
      return `       ${picocolors.dim(`${event.displayName} started in ${Math.round(event.durationInMs)} ms`)}`;
    case "notice":
      return `       ${picocolors.yellow("note")}: ${event.message}`;
    case "function-stopped":
    case "invocation":
    case "api":
      return undefined;
  }
}

/** A request may hold any bytes; the terminal must not take them for commands. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (byte) => encodeURIComponent(byte));
}

/** The text without what a terminal takes for a command, except colours, which end with the line. */
function colorsOnly(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken away
  const kept = text.replace(/(\x1b\[[\d;]*m)|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, (_, color = "") => color);
  return kept.includes("\x1b") ? `${kept}\x1b[0m` : kept;
}

function colored(status: number): string {
  if (status < 300) return picocolors.green(String(status));
  return status < 500 ? picocolors.yellow(String(status)) : picocolors.red(String(status));
}

const backendNames: Readonly<Record<string, string>> = {
  ORACLE_FUNCTIONS_BACKEND: "function",
  HTTP_BACKEND: "http",
  STOCK_RESPONSE_BACKEND: "stock",
};

function backendName(type: string | undefined): string {
  return backendNames[type ?? ""] ?? type ?? "";
}
