import { type Call, plannedCalls } from "./calls.ts";

/** The local OCI under the real engine. */
export interface LocalStack {
  run(
    verb: "preview" | "up" | "destroy",
    ...args: string[]
  ): Promise<{ exitCode: number | undefined; output: string }>;
  outputs(): Promise<Readonly<Record<string, unknown>>>;
}

export interface Step {
  title: string;
  isOk: boolean;
  durationInSeconds: number;
  /** What the engine wrote. */
  output: string;
}

export interface Report {
  steps: Step[];
  calls: Call[];
  isOk: boolean;
}

/**
 * What a pull request would do, tried on the local OCI: plan, up, a call of every route, an empty second preview, destroy.
 * What follows a failure is left out, but the destroy.
 */
export async function tryProgram(
  local: LocalStack,
  call: (url: string) => Promise<Call>,
  onStep: (step: Step) => void = () => {},
): Promise<Report> {
  const steps: Step[] = [];
  const calls: Call[] = [];
  const isWell = () => steps.every(({ isOk }) => isOk);
  async function step(title: string, work: () => Promise<Pick<Step, "isOk" | "output">>): Promise<void> {
    const start = performance.now();
    const result = await work().catch((error: Error) => ({ isOk: false, output: error.message }));
    const done = { title, ...result, durationInSeconds: (performance.now() - start) / 1000 };
    steps.push(done);
    onStep(done);
  }
  const engine = (title: string, verb: "preview" | "up" | "destroy", ...args: string[]) =>
    step(title, async () => {
      const { exitCode, output } = await local.run(verb, ...args);
      return { isOk: exitCode === 0, output };
    });

  await engine("plan", "preview", "--diff");
  if (isWell()) await engine("up", "up", "--yes", "--skip-preview");
  if (isWell()) {
    await step("calls", async () => {
      const urls = plannedCalls(await local.outputs());
      for (const url of urls) calls.push(await call(url));
      return { isOk: calls.every(({ isOk }) => isOk), output: "" };
    });
  }
  if (isWell()) await engine("second preview is empty", "preview", "--expect-no-changes", "--diff");
  await engine("destroy", "destroy", "--yes", "--skip-preview");
  return { steps, calls, isOk: isWell() };
}
