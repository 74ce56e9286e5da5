import type { Problem } from "../problems.ts";

/** A prefix inside another one on the same gateway, or around it. */
// unverified: of nested prefixes, the longest one answers
export function checkPrefixNesting(prefix: string, others: readonly string[]): Problem[] {
  const isInside = (inner: string, outer: string) => outer !== "/" && inner.startsWith(`${outer}/`);
  return others.flatMap((other): Problem[] => {
    if (!isInside(prefix, other) && !isInside(other, prefix)) return [];
    const where = isInside(prefix, other) ? "lies inside" : "lies around";
    const message = `"${prefix}" ${where} "${other}", another deployment's on this gateway; Oracle's documents don't say which one answers: put them side by side, for example "/shop" and "/users"`;
    return [{ rule: "path-prefix-nested", key: "pathPrefix", message }];
  });
}
