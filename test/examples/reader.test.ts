import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { readApi } from "../../components/index.ts";
import { resolved } from "../components/recorder.ts";

const outputs = {
  endpoint: "https://g.example.com/v1",
  gatewayId: "ocid1.apigateway.oc1.fra.g",
  gatewayHostname: "g.example.com",
  functionIds: { hello: "ocid1.fnfunc.oc1.fra.h" },
  routes: [
    {
      methods: ["GET", "POST"],
      path: "/hello",
      url: "https://g.example.com/v1/hello",
      backend: "function hello",
      isAnonymous: true,
    },
    {
      methods: ["ANY"],
      path: "/echo/{path*}",
      url: "https://g.example.com/v1/echo/{path*}",
      backend: "function echo",
      isAnonymous: false,
    },
  ],
};

/** The API of a stack that gives out `given`. */
async function api(given: Record<string, unknown>) {
  const state = { name: "organization/shop/dev", outputs: given, secretOutputNames: [] };
  await pulumi.runtime.setMocks({
    newResource: ({ name }) => ({ id: name, state }),
    call: () => ({}),
  });
  return readApi(new pulumi.StackReference("organization/shop/dev"));
}

it("reads what a stack of the API gives out", async () => {
  const read = await api(outputs);
  expect(await resolved(read.endpoint)).toBe(outputs.endpoint);
  expect(await resolved(read.gatewayId)).toBe(outputs.gatewayId);
  expect(await resolved(read.gatewayHostname)).toBe(outputs.gatewayHostname);
  expect(await resolved(read.routes)).toEqual(outputs.routes);
  expect(await resolved(read.functionIds)).toEqual(outputs.functionIds);
  expect(await resolved(read.url("POST", "/hello"))).toBe("https://g.example.com/v1/hello");
  expect(await resolved(read.url("PATCH", "/echo/{path*}"))).toBe("https://g.example.com/v1/echo/{path*}");
});

/** Messages of everything that fails when an output is read. */
async function failuresOf(
  given: Record<string, unknown>,
  use: (read: Awaited<ReturnType<typeof api>>) => pulumi.Output<unknown>,
) {
  const messages = new Set<string>();
  const hear = (error: unknown) => void messages.add((error as Error).message);
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", hear);
  try {
    await resolved(use(await api(given))).catch(hear);
    await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    process.removeListener("unhandledRejection", hear);
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
  return [...messages];
}

it.each(["endpoint", "gatewayId", "gatewayHostname", "routes", "functionIds"] as const)(
  "throws when %s is missing, with its name and the stack's",
  async (name) => {
    const { [name]: _, ...rest } = outputs;
    expect(await failuresOf(rest, (read) => read[name])).toEqual([
      `stack organization/shop/dev has no output "${name}": is it a stack of this API, and was it brought up (pulumi up -s organization/shop/dev)?`,
    ]);
  },
);

it.each([
  ["endpoint", 7, "text; it is of type number"],
  ["endpoint", "", "text; it is empty text"],
  ["gatewayId", null, "text; it is null"],
  ["routes", {}, "a list of routes; it is of type object"],
  ["routes", [{ path: "/hello" }], "a list of routes; it is a list"],
  ["routes", outputs.routes.map(({ isAnonymous: _, ...old }) => old), "a list of routes; it is a list"],
  ["functionIds", ["x"], "OCIDs by key; it is a list"],
] as const)("throws when %s is %j", async (name, value, text) => {
  expect(await failuresOf({ ...outputs, [name]: value }, (read) => read[name])).toEqual([
    `output "${name}" of stack organization/shop/dev must be ${text}`,
  ]);
});

it("throws for a route that there isn't, with those that there are", async () => {
  expect(await failuresOf(outputs, (read) => read.url("DELETE", "/hello"))).toEqual([
    "stack organization/shop/dev has no route DELETE /hello; there are GET,POST /hello; ANY /echo/{path*}",
  ]);
});
