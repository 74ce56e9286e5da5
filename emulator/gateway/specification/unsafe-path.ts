const notInPaths = /[^\x21-\x7e]|[\\#?]/;
const brokenEncoding = /%(?![0-9a-f]{2})/i;
/** `.` and `..` between separators, spelt in any way that some server reads so; also before a segment's parameters. */
const dotSegment = /(?:\/|%2f|%5c)(?:\.|%2e){1,2}(?:[/;]|%2f|%5c|%3b|$)/i;
const encodedNul = /%00/;
/** Longer encodings of characters that have a shorter one: no UTF-8, but some decoders read `/` and `.` in them. */
const overlong = /%c[01]%[89ab]|%e0%[89][0-9a-f]%[89ab]|%f0%8[0-9a-f]%[89ab]/i;

/**
 * Whether two readers of a path, begun with a slash and without query, could take it for different paths: the path
 * that was decided on must be the one that the back end sees.
 */
// unverified: a request path with broken percent-encoding, an encoded NUL, overlong UTF-8 or dot segments after an encoded slash is refused like one with plain dot segments
export function isUnsafePath(path: string): boolean {
  if (notInPaths.test(path)) return true;
  if (!path.includes("%") && !path.includes("/.")) return false;
  return dotSegment.test(path) || brokenEncoding.test(path) || encodedNul.test(path) || overlong.test(path);
}
