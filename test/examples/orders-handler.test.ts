import { expect, it } from "vitest";
import { orders } from "../../examples/orders/functions/orders/handler.ts";
import { toRequest } from "../../functions/kit/request.ts";

const get = (headers: Readonly<Record<string, string>>) => () =>
  orders(
    toRequest(Buffer.alloc(0), {
      "Fn-Http-Method": ["GET"],
      "Fn-Http-Request-Url": ["/shop/v1/orders"],
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [`Fn-Http-H-${name}`, [value]])),
    }),
  );

// "Transforming Incoming Requests and Outgoing Responses": a transformation with a bad header value is left out as a whole.
it.each([{ "X-Client": "till", "X-Api-Key": "local-only-code-of-web" }, { "X-Order-Id": "1" }])(
  "the function fails where the mapping had no effect: %j",
  (headers) => {
    expect(get(headers)).toThrow(
      "the gateway has not mapped the client: the route's headerTransformations had no effect",
    );
  },
);

it("an empty filter is none", () => {
  expect(JSON.parse(String(get({ "X-Client": "web", "X-Order-Filter": "status=" })().body))).toEqual({
    orders: [
      { id: "1", status: "open", item: "lamp" },
      { id: "2", status: "shipped", item: "chair" },
    ],
    client: "web",
  });
});
