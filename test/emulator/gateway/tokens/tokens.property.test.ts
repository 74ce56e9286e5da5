import fc from "fast-check";
import { expect, test } from "vitest";
import { staticKeys } from "../../../../emulator/gateway/tokens/keys.ts";
import { RecentCache } from "../../../../emulator/gateway/tokens/recent-cache.ts";
import { TokenFault, verifyToken } from "../../../../emulator/gateway/tokens/verify.ts";
import { openPlane } from "../harness.ts";
import { goodToken, pair, staticAuthentication } from "./fixtures.ts";

const keys = staticKeys([{ kid: "known", key: pair().publicKey, alg: "RS256" }]);
const rules = {
  issuers: ["https://idp.example.com"],
  audiences: ["shop"],
  verifyClaims: [],
  maxClockSkewInSeconds: 0,
};
const good = goodToken();

test("a token changed in any place isn't let in", async () => {
  await verifyToken(good, keys, rules);
  const change = fc.record({
    at: fc.nat(good.length - 1),
    count: fc.integer({ min: 0, max: 3 }),
    by: fc.string({ maxLength: 3, unit: fc.constantFrom(..."AQgwz019-_.=+/ %é") }),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ at, count, by }) => {
      const changed = good.slice(0, at) + by + good.slice(at + count);
      fc.pre(changed !== good);
      await expect(verifyToken(changed, keys, rules)).rejects.toThrow(TokenFault);
    }),
    { numRuns: 200 },
  );
});

test("no text that isn't a token is let in, and each is only refused", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc
          .tuple(fc.json(), fc.json(), fc.string())
          .map((parts) => parts.map((part) => Buffer.from(part).toString("base64url")).join(".")),
      ),
      async (text) => {
        await expect(verifyToken(text, keys, rules)).rejects.toThrow(TokenFault);
      },
    ),
    { numRuns: 200 },
  );
});

test("an anonymous route lets everybody in, whatever the token", async () => {
  const authentication = staticAuthentication({ isAnonymousAccessAllowed: true });
  const requestPolicies = { authorization: { type: "ANONYMOUS" } };
  const { url } = await openPlane({
    routes: [{ path: "/a", backend: { type: "STOCK_RESPONSE_BACKEND", status: 204 }, requestPolicies }],
    specification: { requestPolicies: { authentication } },
  });
  const text = fc.string({ unit: fc.constantFrom(..."Bearer .aA0=-_,;\"'"), maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, fc.constant(good)), async (token) => {
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(`${url}/a`, { headers })).status).toBe(204);
    }),
    { numRuns: 50 },
  );
});

test("what was asked for among the last is remembered, and never more than twice the capacity", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 200 }), (asked) => {
      const cache = new RecentCache<{ key: string }>(8);
      const recent: string[] = [];
      for (const key of asked.map(String)) {
        const known = cache.get(key);
        if (known === undefined) cache.set(key, { key });
        else expect(known.key).toBe(key);
        expect(recent.includes(key) && known === undefined).toBe(false);
        recent.push(key);
        if (recent.length > 8) recent.shift();
        expect(cache.size).toBeLessThanOrEqual(16);
      }
      cache.delete("1");
      expect(cache.get("1")).toBeUndefined();
    }),
  );
});
