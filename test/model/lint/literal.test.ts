import { expect, it } from "vitest";
import { lintApi } from "../../../components/model/lint.ts";
import { lines } from "../policies/checked.ts";
import { keyed } from "./fixture.ts";

const check = (...keys: string[]) => lines(lintApi(keyed(...keys)));

it.each([
  "GET /users/{id}",
  "GET /files/{path*}",
  "POST /users/batch:get",
  "POST /:",
  "GET /:id.json",
  "GET /v:id",
  "GET /a*",
  "GET /***",
  "GET /12:30",
])("[route-literal] none in %j", (key) => {
  expect(check(key)).toEqual([]);
});

const text = "is text here, which a request's path must hold as it stands;";

it.each<[string, string[]]>([
  ["GET /users/:id", [`segment ":id" ${text} a parameter is "{id}"`]],
  ["GET /files/*", [`segment "*" ${text} a wildcard is "{path*}"`]],
  ["GET /files/**", [`segment "**" ${text} a wildcard is "{path*}"`]],
  [
    "GET /*/users/:user_id",
    [
      `segment "*" ${text} one segment, whatever it is, is "{name}"`,
      `segment ":user_id" ${text} a parameter is "{user_id}"`,
    ],
  ],
])("[route-literal] what other routers mean by %j is told", (key, expected) => {
  expect(check(key)).toEqual(expected.map((line) => `routes["${key}"]: ${line} [route-literal]`));
});
