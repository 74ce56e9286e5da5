import { describe, expect, onTestFinished, test } from "vitest";
import { createHttpClients } from "../../../emulator/gateway/backends/http-clients.ts";
import {
  type CompiledRoute,
  compileDeployment,
  gatewayLoopToken,
} from "../../../emulator/gateway/compile/deployment.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const logged = (logLevel: string) => ({ loggingPolicies: { executionLog: { logLevel } } });
const cors = { allowedOrigins: ["*"] };

function compiled(
  specification: unknown,
  more: { id?: string; gatewayId?: string; pathPrefix?: string } = {},
) {
  const clients = createHttpClients();
  onTestFinished(() => clients.close());
  const deployment = {
    id: "d",
    gatewayId: "g",
    displayName: "api",
    pathPrefix: "/v1",
    specification,
    ...more,
  };
  const dependencies = {
    tenancyId: "t",
    invokeFunction: () => Promise.reject(new Error("no function")),
    onEvent() {},
  };
  return compileDeployment(deployment, dependencies, clients);
}

function routeOf(route: object, specification: object = {}, more = {}): CompiledRoute {
  const routes = [{ path: "/a", backend: stock, ...route }];
  const match = compiled({ ...specification, routes }, more).match("GET", "/a");
  if (match.kind !== "route") throw new Error(match.kind);
  return match.route;
}

describe("a deployment with problems isn't compiled", () => {
  test("its prefix", () => {
    expect(() => compiled({ routes: [] }, { pathPrefix: "v1" })).toThrow(
      'deployment d: pathPrefix must begin with "/", but is "v1"; for example "/v1"',
    );
  });

  test("its specification, all problems at once", () => {
    expect(() =>
      compiled({
        routes: [
          { path: "/a", backend: { type: "X" } },
          { path: "b", backend: stock },
        ],
      }),
    ).toThrow(
      /^deployment d: specification\.routes\[0\]\.backend\.type must be one of .+, but is "X"; specification\.routes\[1\]\.path must begin with "\/", but is "b"; for example "\/users\/\{id\}"$/,
    );
  });
});

describe("a deployment", () => {
  test("without routes answers nothing, and without CORS adds nothing", () => {
    const { match, ...rest } = compiled({});
    expect(rest).toEqual({ id: "d", gatewayId: "g", pathPrefix: "/v1", addCorsHeaders: undefined });
    expect(match("GET", "/a")).toEqual({ kind: "no-route" });
  });

  test("with CORS adds its headers also where no route is found", () => {
    expect(compiled({ requestPolicies: { cors } }).addCorsHeaders).toBeTypeOf("function");
  });
});

describe("a route", () => {
  test("as little as it needs", () => {
    expect(routeOf({})).toEqual({
      path: "/a",
      methods: ["ANY"],
      backendType: "STOCK_RESPONSE_BACKEND",
      executionLevel: "INFO",
      loopToken: expect.stringMatching(/^[0-9a-f]{16}-[0-9a-f]{16}$/),
      hasCors: false,
      steps: [],
      responseSteps: [],
      hasConstantResponses: true,
      serve: expect.any(Function),
    });
  });

  // "Adding Logging to API Deployments": a route's level overrides its deployment's
  test.each([
    [{}, {}, "INFO"],
    [{}, logged("WARN"), "WARN"],
    [logged("ERROR"), logged("WARN"), "ERROR"],
    [logged("INFO"), logged("ERROR"), "INFO"],
    [{ loggingPolicies: {} }, logged("ERROR"), "ERROR"],
  ])("of level %j in a deployment of level %j logs from %s on", (route, specification, level) => {
    expect(routeOf(route, specification).executionLevel).toBe(level);
  });

  test("has CORS of its own or of its deployment", () => {
    expect(routeOf({ requestPolicies: { cors } }).hasCors).toBe(true);
    expect(routeOf({}, { requestPolicies: { cors } }).hasCors).toBe(true);
  });

  test("makes the same of every answer, unless its headers come from the request", () => {
    const setting = (value: string) => ({
      responsePolicies: {
        headerTransformations: { setHeaders: { items: [{ name: "x", values: [value] }] } },
      },
    });
    const { responseSteps, hasConstantResponses } = routeOf(setting("a"));
    expect([responseSteps.length, hasConstantResponses]).toEqual([1, true]);
    expect(routeOf(setting("${request.path[a]}")).hasConstantResponses).toBe(false);
  });

  test("has a loop token of its gateway, its deployment, its place and its path", () => {
    const token = (route = {}, more = {}) => routeOf(route, {}, more).loopToken;
    expect(token().startsWith(`${gatewayLoopToken("g")}-`)).toBe(true);
    expect(token()).toBe(token({ methods: ["GET"] }));
    const others = [token({}, { id: "e" }), token({}, { gatewayId: "h" }), token({ path: "/{a}" })];
    expect(new Set([token(), ...others]).size).toBe(4);
    const twice = compiled({
      routes: ["GET", "PUT"].map((method) => ({ path: "/a", methods: [method], backend: stock })),
    });
    const tokens = ["GET", "PUT"].map(
      (method) => (twice.match(method, "/a") as { route: CompiledRoute }).route.loopToken,
    );
    expect(new Set(tokens).size).toBe(2);
  });
});
