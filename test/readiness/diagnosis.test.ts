import { expect, it } from "vitest";
import { diagnose } from "../../tools/ready/diagnosis.ts";

const gateway = (status: number, message: string) => {
  return { kind: "answer", status, body: JSON.stringify({ code: status, message }) } as const;
};

// Statuses: "Troubleshooting API Gateway", "Troubleshooting OCI Functions"; 500 for missing IAM is measured.
it.each([
  [401, "Unauthorized", "broken", "the route asks for credentials, which this command has none of"],
  [403, "Forbidden", "broken", "the route asks for a subscriber's token, which this command has none of"],
  [404, "Not Found", "wait", "the gateway knows no such route (or hides it for want of a scope)"],
  [405, "Method Not Allowed", "broken", "the gateway knows the path, but not for GET"],
  [429, "Too Many Requests", "wait", "more requests come than the rate limit lets through"],
  [500, "Internal Server Error", "wait", "the gateway may not call the function, or the function is gone"],
  [502, "Bad Gateway", "wait", "the function can't be started, or it ends without an answer"],
  [503, "Service Unavailable", "wait", "gateway or Functions have no capacity at the moment"],
  [504, "Gateway Timeout", "wait", "the function doesn't answer within its time-out"],
  [507, "Odd", "broken", "the gateway failed"],
])("the gateway's %d %s means %s: %s", (status, message, verdict, link) => {
  const diagnosis = diagnose(gateway(status, message));
  expect([diagnosis.verdict, diagnosis.link]).toEqual([verdict, link]);
  expect(diagnosis.cure).not.toBe("");
  if (status !== 507) expect(diagnosis.outcome).toBe(`answers ${status} ${message}`);
});

it.each([
  [200, '{"message":"Hello"}'],
  [302, ""],
  [404, '{"code":404,"message":"Not Found","id":"7"}'],
  [404, '{"error":"no such user"}'],
  [401, "login first"],
])("%d from behind the gateway is callable: %s", (status, body) => {
  expect(diagnose({ kind: "answer", status, body })).toEqual({
    verdict: "callable",
    outcome: `answers ${status}`,
    link: "",
    cure: "",
  });
});

it("a function's own 500 isn't the gateway's", () => {
  expect(diagnose({ kind: "answer", status: 500, body: "oops" })).toEqual({
    verdict: "broken",
    outcome: "answers 500",
    link: "the function answers, and says itself that it failed",
    cure: "see the function's log",
  });
});

it.each([
  ["ENOTFOUND", "wait", "DNS: the host name leads nowhere"],
  ["EAI_AGAIN", "wait", "DNS: the host name leads nowhere"],
  ["ECONNREFUSED", "wait", "nothing listens at the address"],
  ["ETIMEDOUT", "wait", "no connection: a private endpoint, or a rule that keeps port 443 closed"],
  [
    "UND_ERR_CONNECT_TIMEOUT",
    "wait",
    "no connection: a private endpoint, or a rule that keeps port 443 closed",
  ],
  ["CERT_HAS_EXPIRED", "broken", "the certificate isn't trusted or is for another name"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "broken", "the certificate isn't trusted or is for another name"],
  ["timeout", "wait", "the gateway took the request and didn't answer"],
  ["ECONNRESET", "wait", "the connection broke"],
])("%s means %s: %s", (code, verdict, link) => {
  const diagnosis = diagnose({ kind: "failure", code, message: "m" });
  expect([diagnosis.verdict, diagnosis.link, diagnosis.outcome]).toEqual([
    verdict,
    link,
    `fails with ${code} (m)`,
  ]);
});
