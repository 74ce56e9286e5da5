const ofApi = "stands in the program, under requestPolicies";
const ofProgram = "stands in the program, as an argument of the ServerlessApi";

/** Names that people look for in the wrong place, and what isn't carried out yet. */
const hints: Readonly<Record<string, string>> = {
  region: "the region is the provider's own key, oci:region",
  tenancyId: "the tenancy is the provider's own key, oci:tenancyOcid",
  tenancyOcid: "the tenancy is the provider's own key, oci:tenancyOcid",
  archive: "functions from ZIP archives aren't supported by the provider; give source or image",
  routes: `what the API answers ${ofProgram}`,
  specification: `a deployment specification ${ofProgram}`,
  requestPolicies: `a policy of all routes ${ofProgram}`,
  loggingPolicies: `what of the logs is written ${ofProgram}; which logs there are is logging`,
  authentication: `authentication ${ofApi}`,
  dynamicAuthentication: `a choice between authentication servers ${ofApi}`,
  cors: `CORS ${ofApi} of the API or of a route`,
  rateLimiting: `the rate limit ${ofApi}`,
  authorization: `authorization ${ofApi} of a route`,
  logs: "which logs there are is logging",
  mutualTls: "mutual TLS isn't supported yet",
  usagePlans: "usage plans aren't supported yet",
  responseCache: "the response cache isn't supported yet",
  tracing: "tracing isn't supported yet",
  alarms: "alarms aren't supported yet",
  customDomain: "custom domains aren't supported yet",
  certificateId: "certificates aren't supported yet",
  caBundles: "CA bundles aren't supported yet",
  tables: "tables aren't supported yet",
  provisionedConcurrency: "provisioned concurrency isn't supported yet",
  detachedModeTimeoutInSeconds: "detached calls aren't supported yet",
  definedTags: "defined tags aren't supported yet; freeformTags are",
};

/** Why a key is unknown: a hint where there is one, else the nearest known key, else all known keys. */
export function unknownMessage(key: string, known: readonly string[]): string {
  const hint = Object.hasOwn(hints, key) ? hints[key] : undefined;
  if (hint !== undefined) return `isn't a setting here: ${hint}`;
  const nearest = nearestOf(key, known);
  return nearest === undefined
    ? `is unknown; known here: ${known.join(", ")}`
    : `is unknown; did you mean ${nearest}?`;
}

/** The known word with the smallest edit distance, when that is small for the word's length. */
function nearestOf(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: distanceOf(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
