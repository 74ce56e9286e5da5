import * as pulumi from "@pulumi/pulumi";
import type { MonitorEvent } from "../../../local/monitor/events.ts";
import type { StackState } from "../../../local/monitor/state.ts";
import { evaluate } from "../../../local/program/evaluate.ts";
import type { EvaluationResult } from "../../../local/program/messages.ts";
import { createProviderResource } from "../../../local/provider/provider-resource.ts";
import {
  type OperationContext,
  PartlyCreatedError,
  type ResourceProvider,
} from "../../../local/provider/types.ts";
import { isSame, type Properties } from "../../../local/values.ts";

/** A resource of a made-up cloud: `name` is create-only, a `size` that begins with "bad" is refused. */
export class Thing extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly size: pulumi.Output<string>;
  declare readonly address: pulumi.Output<string>;
  declare readonly secretText: pulumi.Output<string>;

  constructor(name: string, args: Properties, opts?: pulumi.CustomResourceOptions) {
    super("test:index:Thing", name, { address: undefined, ...args }, opts);
  }
}

export class Group extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Group", name, {}, opts);
    this.registerOutputs({});
  }
}

export interface FakeCloud extends ResourceProvider {
  /** One line for each call, in order: `create a {"name":"a"}`. */
  readonly calls: string[];
  readonly contexts: OperationContext[];
  /** Messages that the next creations of the named thing fail with. */
  readonly failures: Record<string, string[]>;
  /** Messages with which the named thing comes to be without becoming ready. */
  readonly halves: Record<string, string>;
}

export function createFakeCloud(): FakeCloud {
  const calls: string[] = [];
  const contexts: OperationContext[] = [];
  const failures: Record<string, string[]> = {};
  const halves: Record<string, string> = {};
  let count = 0;
  const providers = createProviderResource("pulumi:providers:oci");
  return {
    calls,
    contexts,
    failures,
    halves,
    assertModelled(type) {
      if (!type.startsWith("test:") && !type.startsWith("pulumi:providers:"))
        throw new Error(`no type ${type}`);
    },
    check: (_type, inputs) =>
      String(inputs.size).startsWith("bad") ? [{ property: "size", reason: `is ${inputs.size}` }] : [],
    diff(_type, oldInputs, newInputs) {
      const names = [...new Set([...Object.keys(oldInputs), ...Object.keys(newInputs)])].sort();
      const changed = names.filter((name) => !isSame(oldInputs[name], newInputs[name]));
      return { changed, replaces: changed.filter((name) => name === "name"), isDeletedBeforeReplace: false };
    },
    assertChangeable() {},
    async create(type, inputs, context) {
      if (type.startsWith("pulumi:providers:")) return providers.create(inputs, context);
      contexts.push(context);
      calls.push(`create ${inputs.name} ${JSON.stringify(inputs)}`);
      const failure = failures[String(inputs.name)]?.shift();
      if (failure !== undefined) throw new Error(failure);
      count += 1;
      const half = halves[String(inputs.name)];
      if (half !== undefined) throw new PartlyCreatedError(`id-${count}`, new Error(half));
      return { id: `id-${count}`, outputs: { ...inputs, address: `address of ${inputs.name}` } };
    },
    async read(_type, id) {
      calls.push(`read ${id}`);
      return id === "gone" ? undefined : { name: `name of ${id}`, address: `address of ${id}` };
    },
    async update(_type, id, _oldInputs, newInputs) {
      calls.push(`update ${id} ${JSON.stringify(newInputs)}`);
      return { ...newInputs, address: `address of ${newInputs.name}` };
    },
    async delete(_type, id, outputs) {
      calls.push(`delete ${id} ${outputs.name}`);
    },
    async invoke(token, args) {
      calls.push(`invoke ${token} ${JSON.stringify(args)}`);
      return { answer: args.question };
    },
  };
}

export interface Run extends EvaluationResult {
  events: MonitorEvent[];
  /** `create a`, `same b`: the finished steps, in order; the stack's own left out. */
  steps: string[];
}

/** Evaluates a program in this process. */
export async function run(
  cloud: ResourceProvider,
  program: () => unknown,
  options: { state?: StackState; isPreview?: boolean } = {},
): Promise<Run> {
  const events: MonitorEvent[] = [];
  const result = await evaluate(
    {
      isPreview: options.isPreview ?? false,
      project: "proj",
      stack: "local",
      directory: process.cwd(),
      main: "",
      config: { "proj:greeting": "hello", "proj:token": "s3cret" },
      secretKeys: ["proj:token"],
      url: "http://127.0.0.1:9",
      // As over IPC: what is kept must be plain JSON.
      state: JSON.parse(JSON.stringify(options.state ?? [])),
    },
    { provider: cloud, program, onEvent: (event) => events.push(event) },
  );
  const steps = events.flatMap((event) =>
    event.type === "step" && event.phase === "done" && !event.urn.includes("pulumi:pulumi:Stack")
      ? [`${event.operation} ${event.urn.split("::").at(-1)}`]
      : [],
  );
  return { ...result, events, steps };
}
