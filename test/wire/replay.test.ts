import { afterEach, describe, expect, it } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import type { Emulator } from "../../emulator/types.ts";
import { differences, type Exchange, Ids, recorded } from "./replay.ts";
import { acceptedWithoutBody, refusals, switchesOf } from "./replay-refusals.ts";

const tenancyId = "ocid1.tenancy.oc1..aaaaaaaatest";
const compartmentId = "ocid1.compartment.oc1..aaaaaaaatest";

/** What the recorded programs refer to without having made it. */
const adopted = {
  vcns: [{ id: "ocid1.vcn.oc1.iad.aaaaaaaavcn", compartmentId }],
  subnets: [{ id: "ocid1.subnet.oc1.iad.aaaaaaaasubnet", compartmentId }],
  networkSecurityGroups: ["a", "b"].map((name) => ({
    id: `ocid1.networksecuritygroup.oc1.iad.${name}`,
    compartmentId,
  })),
  functions: [{ id: "ocid1.fnfunc.oc1.iad.aaaaaaaafunction", compartmentId }],
};

const images = [
  { image: "iad.ocir.io/ns/hello:1", digest: `sha256:${"a".repeat(64)}` },
  { image: "iad.ocir.io/ns/hello:2", digest: `sha256:${"b".repeat(64)}` },
  { image: "iad.ocir.io/ns/tuned:1", digest: `sha256:${"c".repeat(64)}` },
];

let emulator: Emulator | undefined;
afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
});

interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${emulator?.url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined || body === null ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

async function start(file: string): Promise<void> {
  emulator = await startEmulator({
    tenancy: {
      id: tenancyId,
      name: "localtenancy",
      homeRegion: "us-ashburn-1",
      regions: [{ name: "us-ashburn-1", key: "IAD" }],
      namespace: "localns",
      compartments: [{ id: compartmentId, name: "dev", compartmentId: tenancyId }],
    },
  });
  expect((await call("POST", "/_emulator/adopt", adopted)).status).toBe(200);
  for (const image of images) expect((await call("PUT", "/_emulator/images", image)).status).toBe(200);
  const switches = { deploymentAccessCheck: false, ...switchesOf[file] };
  expect((await call("PUT", "/_emulator/switches", switches)).status).toBe(200);
}

/** What a request asks for, without ids: `POST /20160918/vcns`. */
const nameOf = ({ request: { method, path } }: Exchange) =>
  `${method} ${path.split("?")[0]?.replaceAll(/ocid1\.[^/]+/g, "{}")}`;

describe("the official provider's recorded requests", () => {
  const files = [
    "identity",
    "invokes",
    "network",
    "functions",
    "artifacts",
    "apigateway",
    "logging",
    "monitoring",
    "dns",
    "nosql",
    "certificates",
  ];
  it.each(files)("%s: answers of the same shape, or the refusal that the table states", async (file) => {
    await start(file);
    const ids = new Ids();
    const refusedIds: string[] = [];
    const problems: object[] = [];
    const met = new Set<string>();
    for (const [index, exchange] of recorded(file).entries()) {
      const { request } = exchange;
      const isAccepted = acceptedWithoutBody[file]?.test(`${request.method} ${request.path}`) === true;
      const response = isAccepted ? { ...exchange.response, status: 202, body: null } : exchange.response;
      const text = JSON.stringify(request);
      const refusal = refusals.find((one) => one.file === file && one.isFor(exchange));
      if (refusal === undefined && refusedIds.some((id) => text.includes(id))) {
        refusedIds.push(...idsOf(response));
        continue;
      }
      const answer = await call(request.method, ids.translate(request.path), ids.translate(request.body));
      const where = `${index + 1} ${nameOf(exchange)}`;
      if (refusal !== undefined) {
        met.add(refusal.name);
        const { code, message } = answer.body as { code?: string; message?: string };
        const isNamed = refusal.names.every((one) => message?.includes(one) === true);
        if (answer.status !== 400 || code !== "InvalidParameter" || !isNamed)
          problems.push({ where, expected: refusal.names, status: answer.status, code, message });
        refusedIds.push(...idsOf(response));
        continue;
      }
      if (answer.status !== response.status) {
        problems.push({ where, recorded: response.status, now: answer.status, body: answer.body });
        refusedIds.push(...idsOf(response));
        continue;
      }
      for (const name of ["etag", "opc-work-request-id"]) {
        if (response.headers[name] !== undefined && answer.headers.get(name) === null) {
          problems.push({ where, header: name });
        }
      }
      const work = answer.headers.get("opc-work-request-id");
      ids.learn(response.headers["opc-work-request-id"], work);
      ids.learn(response.body, answer.body);
      const expected = ids.translate(response.body);
      const found = differences(expected ?? undefined, answer.body, ids.translate(request.body));
      problems.push(...found.filter(() => response.body !== null).map((one) => ({ where, ...one })));
    }
    expect(problems).toEqual([]);
    const stated = refusals.filter((one) => one.file === file).map(({ name }) => name);
    expect([...met].sort()).toEqual([...new Set(stated)].sort());
  });
});

/** Ids that an answer would have made known. */
function idsOf({ body, headers }: Exchange["response"]): string[] {
  const { id, topicId } = (body ?? {}) as { id?: string; topicId?: string };
  return [id, topicId, headers["opc-work-request-id"]].filter((one) => one !== undefined);
}
