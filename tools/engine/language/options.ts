/** `runtime.options` of `Pulumi.yaml`, as far as they are carried out ("Pulumi project file reference"). */
export interface RuntimeOptions {
  nodeargs: readonly string[];
}

/** Options of the official language host, and what this one does with them. */
const known: Readonly<Record<string, "carried out" | "no matter">> = {
  typescript: "carried out",
  nodeargs: "carried out",
  packagemanager: "no matter",
};

/**
 * Reads the options as the official language host does, where `typescript` is true unless it is set to false.
 *
 * @param file - where they stand
 * @throws An error that lists everything that can't be carried out here.
 */
export function runtimeOptions(
  options: Readonly<Record<string, unknown>>,
  file: "Pulumi.yaml" | "PulumiPolicy.yaml" = "Pulumi.yaml",
): RuntimeOptions {
  const problems = Object.keys(options)
    .filter((name) => known[name] === undefined)
    .map((name) => `${name} isn't carried out; known are ${Object.keys(known).join(", ")}`);
  const { typescript = true, nodeargs = "" } = options;
  if (typescript !== false) {
    problems.push(
      `typescript is ${JSON.stringify(typescript)}${"typescript" in options ? "" : ", the default"}: ts-node would compile ` +
        "it; Node strips types itself, so write typescript: false",
    );
  }
  if (typeof nodeargs !== "string") {
    problems.push(
      `nodeargs is ${JSON.stringify(nodeargs)}, but must be a text, for example "--import ./guard.mjs"`,
    );
  }
  if (problems.length > 0) {
    throw new Error([`${file}, runtime.options:`, ...problems.map((problem) => `  ✖ ${problem}`)].join("\n"));
  }
  return {
    nodeargs: String(nodeargs)
      .split(/\s+/)
      .filter((word) => word !== ""),
  };
}
