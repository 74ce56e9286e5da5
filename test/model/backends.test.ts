import { describe, expect, it } from "vitest";
import {
  checkSslVerify,
  checkStock,
  checkStockBody,
  checkTimeouts,
} from "../../components/model/backends.ts";

const at = 'routes["GET /a"]';

// "Adding an HTTP or HTTPS URL as an API Gateway Back End"
describe("time-outs", () => {
  const bounds = [
    ["connectTimeoutInSeconds", 1, 75],
    ["readTimeoutInSeconds", 1, 300],
    ["sendTimeoutInSeconds", 1, 300],
  ] as const;
  it.each(bounds)("[http-timeout] takes %s absent, %i, 1.5 and %i", (name, min, max) => {
    for (const value of [undefined, min, 1.5, max]) expect(checkTimeouts({ [name]: value }, at)).toEqual([]);
  });
  it.each(bounds)("[http-timeout] refuses %s below %i, above %i, and other types", (name, min, max) => {
    for (const value of [min - 1, max + 1, "10", null]) {
      expect(checkTimeouts({ [name]: value as number }, at)).toEqual([
        {
          rule: "http-timeout",
          key: `${at}.${name}`,
          message: `is ${JSON.stringify(value)}; must be a number of seconds from ${min} to ${max}, for example 10`,
        },
      ]);
    }
  });
});

// "Adding an HTTP or HTTPS URL as an API Gateway Back End"
it.each([undefined, true, false])("[http-ssl-verify] takes %s", (value) => {
  expect(checkSslVerify(value, at)).toEqual([]);
});
it.each([
  ["false", '"false"'],
  [0, "0"],
  [null, "null"],
])("[http-ssl-verify] refuses %j, which would count as a switch", (value, shown) => {
  const message = `is ${shown}; must be true or false`;
  expect(checkSslVerify(value, at)).toEqual([
    { rule: "http-ssl-verify", key: `${at}.isSslVerifyDisabled`, message },
  ]);
});

// "Adding Stock Responses as an API Gateway Back End", "API Gateway Internal Limits"
describe("stock responses", () => {
  it.each([100, 200, 599])("[stock-status] takes %i", (status) => {
    expect(checkStock({ status }, at)).toEqual([]);
  });
  it.each([99, 600, 200.5, "200", undefined, null])("[stock-status] refuses %j", (status) => {
    const message = `is ${JSON.stringify(status)}; must be a whole number from 100 to 599, for example 200`;
    expect(checkStock({ status: status as number }, at)).toEqual([
      { rule: "stock-status", key: `${at}.status`, message },
    ]);
  });

  it.each(["", "a".repeat(4096), "€".repeat(1365)])("[stock-body] [stock-body-long] takes a body", (body) => {
    expect(checkStockBody(body, at)).toEqual([]);
  });
  it.each([
    ["a".repeat(4097), 4097],
    ["a".repeat(5120), 5120],
    ["€".repeat(1366), 4098],
  ])("[stock-body-long] warns of a body above 4096 bytes", (body, bytes) => {
    const message = `has ${bytes} bytes; one of Oracle's documents allows 4096 only`;
    expect(checkStockBody(body, at)).toEqual([{ rule: "stock-body-long", key: `${at}.body`, message }]);
  });
  it("[stock-body] refuses a body above 5120 bytes, and what is not text", () => {
    expect(checkStockBody("a".repeat(5121), at)).toEqual([
      {
        rule: "stock-body",
        key: `${at}.body`,
        message: "has 5121 bytes; at most 5120 are allowed, better 4096",
      },
    ]);
    expect(checkStockBody({} as string, at)).toEqual([
      { rule: "stock-body", key: `${at}.body`, message: "must be text; is of type object" },
    ]);
  });

  const problems = (headers: Record<string, string>) =>
    checkStock({ status: 200, headers }, at).map((p) => `${p.key}: ${p.message} [${p.rule}]`);
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-${index}`, "v"]));

  it("[stock-headers] takes 50 headers, a name of 1024 bytes, and 4096 bytes in all", () => {
    expect(problems(many(50))).toEqual([]);
    expect(problems({ ["a".repeat(1024)]: "v" })).toEqual([]);
    const frame = JSON.stringify([{ name: "X", value: "" }]).length;
    expect(problems({ X: "v".repeat(4096 - frame) })).toEqual([]);
    expect(problems({ X: "v".repeat(4097 - frame) })).toEqual([
      `${at}.headers: have 4097 bytes together as JSON; at most 4096 are allowed [stock-headers]`,
    ]);
  });

  it.each([
    [["X-A"], "a list"],
    ["X-A: 1", "a text"],
  ])("[stock-headers] refuses what isn't an object, beside a wrong status: %j", (headers, kind) => {
    const given = { status: 99, headers: headers as unknown as Record<string, string> };
    expect(checkStock(given, at).map((p) => `${p.key}: ${p.message} [${p.rule}]`)).toEqual([
      `${at}.status: is 99; must be a whole number from 100 to 599, for example 200 [stock-status]`,
      `${at}.headers: must be an object, for example { "X-Version": "1" }; is ${kind} [stock-headers]`,
    ]);
  });

  it.each([
    [many(51), `${at}.headers: has 51 headers; at most 50 are allowed [stock-headers]`],
    [{ "a b": "v" }, `${at}.headers["a b"]: is not a header name, for example "X-Version" [stock-headers]`],
    ...["a\nb", "a\x01", "5 €"].map((text): [object, string] => [
      { X: text },
      `${at}.headers["X"]: must hold only characters that a header can carry: no line breaks, no control characters, none beyond Latin-1 (é can stand, € can't) [stock-headers]`,
    ]),
    [{ X: 1 as unknown as string }, `${at}.headers["X"]: must be text; is of type number [stock-headers]`],
    [
      { X: "v".repeat(4096) },
      `${at}.headers: have 4121 bytes together as JSON; at most 4096 are allowed [stock-headers]`,
    ],
    [
      { [" ".repeat(80)]: "v" },
      `${at}.headers["${" ".repeat(80)}"]: is not a header name, for example "X-Version" [stock-headers]`,
    ],
    [
      { X: "v".repeat(4097) },
      `${at}.headers["X"]: its value has 4097 bytes; at most 4096 are allowed [stock-headers]`,
    ],
    [
      { ["a".repeat(1025)]: "v" },
      `${at}.headers["${"a".repeat(80)}…"]: its name has 1025 bytes; at most 1024 are allowed [stock-headers]`,
    ],
  ])("[stock-headers] refuses wrong headers", (headers, expected) => {
    expect(problems(headers as Record<string, string>)).toEqual([expected]);
  });

  it("[stock-headers] tells of their size beside what else is wrong, unless one value alone is too long", () => {
    const blank = `${at}.headers["a b"]: is not a header name, for example "X-Version" [stock-headers]`;
    expect(problems({ "a b": "v", X: "x".repeat(4090) })).toEqual([
      blank,
      `${at}.headers: have 4142 bytes together as JSON; at most 4096 are allowed [stock-headers]`,
    ]);
    expect(problems({ "a b": "v", X: "x".repeat(4097) })).toEqual([
      blank,
      `${at}.headers["X"]: its value has 4097 bytes; at most 4096 are allowed [stock-headers]`,
    ]);
  });
});
