import { expect, it } from "vitest";
import {
  checkReadiness,
  givingUpText,
  isAccessMissing,
  pauseInSeconds,
  waitingText,
} from "../../components/model/readiness.ts";

const refused = "readiness-timeout";

it.each([undefined, {}, { timeoutInSeconds: 0 }, { timeoutInSeconds: 3600 }])(
  "[readiness-timeout] takes %j",
  (given) => {
    expect(checkReadiness(given)).toEqual([]);
  },
);

it.each([
  [-1, "-1 must be a whole number from 0 to 3600, for example 600"],
  [3601, "3601 must be a whole number from 0 to 3600, for example 600"],
  [1.5, "1.5 must be a whole number from 0 to 3600, for example 600"],
  ["600", '"600" must be a whole number from 0 to 3600, for example 600'],
])("[readiness-timeout] refuses %j", (timeout, message) => {
  const given = { timeoutInSeconds: timeout } as { timeoutInSeconds: number };
  expect(checkReadiness(given)).toEqual([{ rule: refused, key: "readiness.timeoutInSeconds", message }]);
});

it("[readiness-timeout] refuses what is no object", () => {
  const message = "600 must be an object, for example { timeoutInSeconds: 600 }";
  expect(checkReadiness(600 as never)).toEqual([{ rule: refused, key: "readiness", message }]);
});

it("[unsupported-setting] refuses other settings of readiness", () => {
  expect(checkReadiness({ pause: 1 } as never)).toEqual([
    {
      rule: "unsupported-setting",
      key: "readiness.pause",
      message: "is not a setting; allowed are timeoutInSeconds",
    },
  ]);
});

// Codes: "API Errors". The texts around them are those of the official provider.
it.each([
  [
    "create",
    "error: 404-NotAuthorizedOrNotFound, Authorization failed or requested resource not found.",
    true,
  ],
  ["create", "400-RelatedResourceNotAuthorizedOrNotFound, the function", true],
  ["update", "404-NotAuthorizedOrNotFound, …", true],
  ["update", "work request did not succeed, workId: w. Message: NotAuthorizedOrNotFound", true],
  ["create", "work request did not succeed, workId: w. Message: NotAuthorizedOrNotFound", false],
  ["delete", "404-NotAuthorizedOrNotFound, …", false],
  ["create", "400-InvalidParameter, pathPrefix", false],
  ["create", "409-Conflict, taken", false],
  ["create", "409-NotAuthorizedOrResourceAlreadyExists, …", false],
  ["create", "500-InternalError, …", false],
])("%s that fails with %j may pass by itself: %s", (operation, error, expected) => {
  expect(isAccessMissing(error, operation)).toBe(expected);
});

it("waits growing pauses, and never longer than there is time", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => pauseInSeconds(attempt, 3600))).toEqual([
    1, 2, 4, 8, 16, 32, 60, 60,
  ]);
  expect(pauseInSeconds(5, 3.5)).toBe(3.5);
});

it("an hour takes fewer attempts than the engine's 100", () => {
  let [seconds, attempts] = [0, 0];
  while (seconds < 3600) seconds += pauseInSeconds(++attempts, 3600 - seconds);
  expect([seconds, attempts]).toEqual([3600, 65]);
});

it("says what is waited for, and what to do when it doesn't come", () => {
  expect(waitingText("shop-deployment", 600)).toBe(
    'deployment "shop-deployment": OCI doesn\'t yet let the gateway call its functions. Groups and policies take effect seconds to minutes after they were made; trying again for up to 600 s',
  );
  expect(givingUpText("shop-deployment", 30)).toBe(
    'deployment "shop-deployment" is still refused after 30 s. Either access has no effect yet (Oracle: a changed matching rule may take an hour): run pulumi up again later, or set a longer readiness.timeoutInSeconds (at most 3600); or the group doesn\'t match the gateway, a policy is missing, or an OCID is wrong: see the error below',
  );
});
