import { unverified } from "../unverified.ts";

const isOneType = /^[^\s*,/]+\/[^\s*,/]+$/;

/**
 * Compiles media ranges into a function that says whether a `Content-Type` is in one of them. All validations are of
 * type NONE, so that it makes no difference which of several ranges is the most specific.
 */
export function compileMediaTypes(ranges: readonly string[]): (contentType: string | undefined) => boolean {
  const allowed = new Set(ranges.map((range) => range.toLowerCase()));
  if (allowed.has("*/*")) return () => true;
  const isUntypedAllowed = unverified.untypedBody === "allowed";
  return (contentType) => {
    if (contentType === undefined) return isUntypedAllowed;
    if (allowed.has(contentType)) return true;
    const type = (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
    return (
      isOneType.test(type) && (allowed.has(type) || allowed.has(`${type.slice(0, type.indexOf("/"))}/*`))
    );
  };
}
