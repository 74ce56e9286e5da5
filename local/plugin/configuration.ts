import { request } from "node:http";
import type { CheckFailure } from "../provider/types.ts";
import { isRecord, type Properties, unknownValue } from "../values.ts";

/** What a provider's configuration decides here; credentials are neither read nor kept. */
export interface Configuration {
  region: string | undefined;
}

/** The region and the tenancy of a provider's configuration. */
export function configurationOf(args: Properties): Configuration {
  return { region: textOf(args.region) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value !== unknownValue ? value : undefined;
}

/**
 * The border: a stack of another tenancy doesn't come up here unless the local OCI was told to stand in for it, so that
 * nobody takes this for the real one.
 */
export async function checkTenancy(url: string, args: Properties): Promise<CheckFailure[]> {
  const tenancy = textOf(args.tenancyOcid);
  if (tenancy === undefined) return [];
  const { tenancyId } = await health(url);
  if (tenancy === tenancyId) return [];
  return [
    {
      property: "tenancyOcid",
      reason:
        `is ${tenancy}, but the local OCI at ${url} is tenancy ${tenancyId}. Use the stack local; or let it stand in ` +
        "for that tenancy, with nothing of the real one touched: npm run up:local -- --stack NAME --adopt",
    },
  ];
}

/** What the local OCI says of itself. @throws An error that says how to start it when it doesn't answer. */
export function health(url: string): Promise<{ tenancyId: string; region: string; pid: number }> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(new Error(`the local OCI doesn't answer at ${url} (${why}); start it: npm run up:local`));
    const outgoing = request(new URL("/_emulator/health", url), { timeout: 10_000 }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", (error) => fail(error.message));
      incoming.on("end", () => {
        const body = parsed(Buffer.concat(chunks).toString());
        if (incoming.statusCode !== 200 || !isRecord(body)) fail(`status ${incoming.statusCode}`);
        else {
          const { tenancyId, region, pid } = body;
          resolve({ tenancyId: String(tenancyId), region: String(region), pid: Number(pid) });
        }
      });
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer in 10 s")));
    outgoing.on("error", (error) => fail(error.message));
    outgoing.end();
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
