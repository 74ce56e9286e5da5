import { authentication } from "./authentication.case.ts";
import { authorizers } from "./authorizers.case.ts";
import type { GatewayCase, Runner } from "./case.ts";
import { cors } from "./cors.case.ts";
import { dynamicRouting } from "./dynamic-routing.case.ts";
import { functions } from "./functions.case.ts";
import { http } from "./http.case.ts";
import { paths } from "./paths.case.ts";
import { requests } from "./requests.case.ts";
import { transformations } from "./transformations.case.ts";
import { unsourced } from "./unsourced.case.ts";

/** Every conformance case. */
export const cases: readonly GatewayCase[] = [
  ...paths,
  ...requests,
  ...functions,
  ...http,
  ...dynamicRouting,
  ...transformations,
  ...cors,
  ...authentication,
  ...authorizers,
  ...unsourced,
];

/** Cases that a runner can carry out. */
export function casesOf(runner: Runner): GatewayCase[] {
  return cases.filter(({ except }) => !except?.runners.includes(runner));
}
