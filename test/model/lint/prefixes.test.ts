import { expect, it } from "vitest";
import { checkRepeatedPrefix } from "../../../components/model/lint/prefixes.ts";
import { parseRouteKeys } from "../../../components/model/routes.ts";
import { lines } from "../policies/checked.ts";

const check = (prefix: string, ...keys: string[]) =>
  lines(checkRepeatedPrefix(prefix, parseRouteKeys(keys).routes));

it("[route-prefix-repeated] finds each route whose path begins with the prefix", () => {
  expect(check("/shop/v1", "GET /shop/v1", "GET,POST /shop/v1/orders/{id}", "GET /orders")).toEqual([
    'routes["GET /shop/v1"]: path "/shop/v1" begins with the prefix "/shop/v1", which stands before every route\'s path: it is reached at "/shop/v1/shop/v1"; write "/" [route-prefix-repeated]',
    'routes["GET,POST /shop/v1/orders/{id}"]: path "/shop/v1/orders/{id}" begins with the prefix "/shop/v1", which stands before every route\'s path: it is reached at "/shop/v1/shop/v1/orders/{id}"; write "/orders/{id}" [route-prefix-repeated]',
  ]);
});

it.each([
  ["/v1", "GET /v1x"],
  ["/v1", "GET /v2/a"],
  ["/v1", "GET /V1/a"],
  ["/v1", "GET /a/v1/b"],
  ["/v1/shop", "GET /v1/a"],
  ["/", "GET /v1/a"],
  ["/", "GET /"],
])("[route-prefix-repeated] says nothing under %s of %s", (prefix, key) => {
  expect(check(prefix, key)).toEqual([]);
});
