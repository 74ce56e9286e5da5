import { expect, it } from "vitest";
import { lintApi, type PlainApi } from "../../../components/model/lint.ts";
import { RouteKey } from "../../../components/model/routes.ts";

const value = "${request.auth[keyId]}";
const set = (changes: object = {}) => ({
  setHeaders: { items: [{ name: "X-Client", values: [value], ...changes }] },
});
const anonymous = { authorization: { type: "ANONYMOUS" } };
const stopping = 'filterHeaders: { type: "BLOCK", items: [{ name: "X-Client" }] }';

interface Given {
  headerTransformations?: unknown;
  authorization?: unknown;
  function?: string;
}

function told(routes: Readonly<Record<string, Given>>): string[] {
  const api: PlainApi = {
    requestPolicies: { authentication: { type: "CUSTOM_AUTHENTICATION", isAnonymousAccessAllowed: true } },
    functionKeys: [],
    routes: Object.entries(routes).map(([key, { function: name = "users", ...requestPolicies }]) => {
      const { route } = RouteKey.parse(key);
      if (route === undefined) throw new Error(key);
      return { route, requestPolicies, functionKeys: [name] };
    }),
  };
  // These stand by themselves here, and their authentication allows what nobody uses.
  const others = ["anonymous-access-unused", "route-anonymous-beside"];
  const found = lintApi(api).filter((problem) => !others.includes(problem?.rule));
  return found.map(({ rule, key, message }) => {
    expect(rule).toBe("header-forgeable");
    return `${key}: ${message}`;
  });
}

const sound = { headerTransformations: set() };
const open = (key: string) =>
  `routes["${key}"]: a client's own "X-Client" reaches function "users", which has it from routes["GET /a"] as ${value}; add ${stopping}`;

// "Adding Header Transformation Request Policies": set, then rename, then filter; a header is left as it is otherwise.
it("[header-forgeable] warns of a route by which a function gets the client's own header", () => {
  expect(told({ "GET /a": sound, "GET /b": {} })).toEqual([open("GET /b")]);
  const other = { setHeaders: { items: [{ name: "X-Other", values: ["1"] }] } };
  expect(told({ "GET /a": sound, "GET /b": { headerTransformations: other } })).toEqual([open("GET /b")]);
});

it.each<[string, object]>([
  ["blocks something else", { filterHeaders: { type: "BLOCK", items: [{ name: "Accept" }, { name: 7 }] } }],
  ["lets it pass", { filterHeaders: { type: "ALLOW", items: [{ name: "x-client" }] } }],
  [
    "renames something else",
    {
      renameHeaders: {
        items: [
          { from: "X-A", to: "X-B" },
          { from: 7, to: 7 },
        ],
      },
    },
  ],
  ["sets it where there is none", set({ values: ["1"], ifExists: "SKIP" })],
  ["adds to it", set({ values: ["1"], ifExists: "APPEND" })],
])("[header-forgeable] warns of a route that %s", (_, headerTransformations) => {
  expect(told({ "GET /a": sound, "GET /b": { headerTransformations } })).toEqual([open("GET /b")]);
});

it.each<[string, object]>([
  ["sets it itself", set()],
  ["sets it to something else", set({ name: "x-client", values: ["nobody"] })],
  ["sets it to what is known later", set({ values: [Promise.resolve("later")] })],
  ["blocks it", { filterHeaders: { type: "BLOCK", items: [{ name: "x-client" }] } }],
  [
    "blocks it among others",
    { filterHeaders: { type: "BLOCK", items: [{ name: "X" }, { name: "X-CLIENT" }] } },
  ],
  ["renames something to it", { renameHeaders: { items: [{ from: "X-A", to: "x-client" }] } }],
  ["lets others pass only", { filterHeaders: { type: "ALLOW", items: [{ name: "Accept" }] } }],
  ["renames it", { renameHeaders: { items: [{ from: "X-CLIENT", to: "X-Said" }] } }],
])("[header-forgeable] takes a route that %s", (_, headerTransformations) => {
  expect(told({ "GET /a": sound, "GET /b": { headerTransformations } })).toEqual([]);
});

it("[header-forgeable] leaves other functions' routes alone", () => {
  expect(told({ "GET /a": sound, "GET /b": { function: "other" } })).toEqual([]);
});

// "Header transformations do not work as expected": without a value the update is skipped.
it("[header-forgeable] knows that an anonymous route has nothing to set it from", () => {
  expect(told({ "GET /a": { ...sound, ...anonymous } })).toEqual([
    `routes["GET /a"]: nobody is authenticated here, so that ${value} is empty and the client's own "X-Client" reaches function "users"; add ${stopping}`,
  ]);
  expect(told({ "GET /a": sound, "GET /b": { ...sound, ...anonymous } })).toEqual([open("GET /b")]);
  for (const values of [[`key:${value}`], [`${value}.`], [value, "1"]]) {
    expect(told({ "GET /a": { headerTransformations: set({ values }), ...anonymous } })).toEqual([]);
  }
  const twice = { headerTransformations: set({ values: [`${value}${value}`] }), ...anonymous };
  expect(told({ "GET /a": twice })).toEqual([
    `routes["GET /a"]: nobody is authenticated here, so that ${value}${value} is empty and the client's own "X-Client" reaches function "users"; add ${stopping}`,
  ]);
  const blocked = { ...set(), filterHeaders: { type: "BLOCK", items: [{ name: "X-Client" }] } };
  expect(told({ "GET /a": { headerTransformations: blocked, ...anonymous } })).toEqual([]);
});

it.each(["SKIP", "APPEND"])("[header-forgeable] warns of %s, by which the client's own stays", (ifExists) => {
  expect(told({ "GET /a": { headerTransformations: set({ ifExists }) } })).toEqual([
    `routes["GET /a"].requestPolicies.headerTransformations.setHeaders.items[0].ifExists: is "${ifExists}": with a header "X-Client" of its own, a client can stand for another than ${value} says; leave it out`,
  ]);
});

it.each([
  7,
  null,
  { setHeaders: 7 },
  { setHeaders: { items: [7, { name: 7, values: 7 }, { name: 7, values: [value] }] } },
  { filterHeaders: [] },
])("[header-forgeable] says nothing of %j", (headerTransformations) => {
  expect(told({ "GET /a": { headerTransformations }, "GET /b": {} })).toEqual([]);
});
