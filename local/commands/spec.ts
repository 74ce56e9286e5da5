import { resolve } from "node:path";
import { localTenancy, startEmulator } from "../../emulator/index.ts";
import { adoptedTenancy, planAdoption } from "../adoption.ts";
import { adopt } from "../bring-up.ts";
import { reporting } from "../command-line.ts";
import { evaluate, importProgram } from "../program/evaluate.ts";
import { collectApis, knownSpecification } from "../program/specifications.ts";
import { type Project, ProjectError, readProject } from "../project.ts";
import { formatProblems } from "../show/steps.ts";
import { parseSpecOptions, type SpecOptions, usage } from "./spec-options.ts";

/** There is no specification to print; the message says why and what to do. */
class SpecError extends Error {
  override readonly name = "SpecError";
}

const print = process.stdout.write.bind(process.stdout);

async function main(typed: readonly string[]): Promise<void> {
  const options = parseSpecOptions(typed);
  if (options === "help") {
    print(await usage());
    return;
  }
  // What the program itself prints must not stand in the JSON.
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("PULUMI_")) delete process.env[name];
  }
  const project = await readProject(resolve(options.directory), options.stack);
  process.chdir(project.directory);
  const apis = await previewedApis(project);
  const { specification, unknown, secret } = await knownSpecification(
    chosen(apis, options),
    options.functions,
  );
  if (unknown.length > 0) {
    const listed = unknown.map((at) => `  ✖ ${at}`).join("\n");
    throw new SpecError(
      `not known before the stack is up:\n${listed}\nGive these values by the stack's settings, or write them into the JSON by hand.`,
    );
  }
  print(`${JSON.stringify(specification, undefined, 2)}\n`);
  for (const at of secret) process.stderr.write(`${at} is a secret: "[secret]" stands in its place.\n`);
}

/** Evaluates the program against an OCI of its own that nobody else sees, and that goes away. */
async function previewedApis(project: Project) {
  const { name, stack, directory, main, config, secretKeys } = project;
  const tenancy = adoptedTenancy(config, name, localTenancy);
  const region = config["oci:region"];
  const emulator = await startEmulator({
    ...(tenancy !== undefined && { tenancy }),
    ...(region && { region }),
    gatewayPort: 0,
    onEvent: () => {},
  });
  try {
    if (tenancy !== undefined) await adopt(emulator, planAdoption(config));
    const { url } = emulator;
    const request = {
      isPreview: true,
      project: name,
      stack,
      directory,
      main,
      config,
      secretKeys,
      url,
      state: [],
    };
    return await collectApis(
      () => importProgram(main),
      async (program) => {
        const { problems } = await evaluate(request, { onEvent: () => {}, program });
        if (problems.length > 0) throw new SpecError(formatProblems(problems));
      },
    );
  } finally {
    await emulator.close();
  }
}

function chosen<T>(apis: ReadonlyMap<string, T>, { name }: SpecOptions): T {
  const names = [...apis.keys()];
  const listed = names.join(", ");
  if (names.length === 0)
    throw new SpecError("the program has no ServerlessApi, so that there is nothing to print");
  if (name === undefined && names.length > 1) {
    throw new SpecError(
      `the program has several APIs: ${listed}; choose one, for example --name ${names[0]}`,
    );
  }
  const found = apis.get(name ?? names[0] ?? "");
  if (found === undefined) throw new SpecError(`the program has no API "${name}"; there are ${listed}`);
  return found;
}

main(process.argv.slice(2)).catch(reporting(ProjectError, SpecError));
