import picocolors from "picocolors";
import type { Diagnostic } from "../monitor/errors.ts";
import type { MonitorEvent, Operation, StepEvent } from "../monitor/events.ts";
import { nameOf, typeOf } from "../monitor/urn.ts";

const signs: Readonly<Record<Operation, string>> = {
  create: picocolors.green("+"),
  update: picocolors.yellow("~"),
  replace: picocolors.magenta("±"),
  delete: picocolors.red("-"),
  read: picocolors.cyan(">"),
  same: " ",
};

const past: Readonly<Record<Operation, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  read: "read",
  same: "unchanged",
};

/** Shows the steps of an evaluation while they run. */
export interface StepsView {
  onEvent(event: MonitorEvent): void;
  /** `17 created, 2 unchanged` */
  summary(): string;
  /** Takes the line of what is under way off the screen. */
  end(): void;
}

/** One line for each finished step; on a terminal also a last line with what is under way. */
export function createStepsView(out: NodeJS.WriteStream): StepsView {
  const counts = new Map<Operation, number>();
  const underWay = new Set<string>();

  function line(text: string): void {
    clear();
    out.write(`${text}\n`);
  }

  function clear(): void {
    if (out.isTTY) out.write("\r\u001b[K");
  }

  function showUnderWay(): void {
    if (!out.isTTY || underWay.size === 0) return;
    const text = `  … ${[...underWay].map(nameOf).join(", ")}`;
    clear();
    out.write(picocolors.dim(text.slice(0, Math.max(20, (out.columns ?? 80) - 1))));
  }

  function onStep(event: StepEvent): void {
    const isComponent =
      event.phase === "done" && event.durationInMs === undefined && event.operation !== "same";
    if (event.phase === "started") underWay.add(event.urn);
    else underWay.delete(event.urn);
    if (event.phase === "done" && !isComponent) {
      counts.set(event.operation, (counts.get(event.operation) ?? 0) + 1);
      if (event.operation !== "same") line(`  ${signs[event.operation]} ${describe(event)}`);
    }
    if (event.phase === "failed") line(`  ${picocolors.red("✖")} ${describe(event)}`);
  }

  return {
    onEvent(event) {
      if (event.type === "step") onStep(event);
      else
        line(
          `  ${picocolors.yellow("!")} ${event.urn === undefined ? "" : `${nameOf(event.urn)}: `}${event.message}`,
        );
      showUnderWay();
    },
    summary: () =>
      [...counts].map(([operation, count]) => `${count} ${past[operation]}`).join(", ") || "nothing to do",
    end: clear,
  };
}

function describe({ urn, operation, phase, changed, durationInMs }: StepEvent): string {
  const what = phase === "failed" ? `not ${past[operation]}` : past[operation];
  const details = changed === undefined ? "" : ` (${changed.join(", ")})`;
  const time = durationInMs === undefined ? "" : `${Math.round(durationInMs)} ms`;
  return `${what} ${picocolors.dim(time.padStart(18 - what.length))}  ${nameOf(urn)}  ${picocolors.dim(shortType(typeOf(urn)))}${details}`;
}

/** `oci:Functions/application:Application` → `Functions.Application` */
function shortType(type: string): string {
  const [, module = "", name = type] = type.split(":");
  const service = module.split("/")[0] ?? "";
  return service === "index" || service === "" ? name : `${service}.${name}`;
}

/** Problems as the CLI prints them: the resource, then its message; no stack traces. */
export function formatProblems(problems: readonly Diagnostic[]): string {
  return problems
    .map(({ urn, message }) => {
      const where = urn === undefined ? "" : `${shortType(typeOf(urn))} (${nameOf(urn)}):\n`;
      return `${picocolors.red("error:")} ${where}${where === "" ? message : indent(message)}`;
    })
    .join("\n");
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
