/** Ways to write a path that some server reads as another one. */
export interface PathCase {
  name: string;
  /** What stands behind `/v1/open/`. */
  tail: string;
}

const dots = [".", "..", "%2e", "%2E", "%2e%2e", "%2E%2e", ".%2e", "%2e.", "%2E.", ".%2E"];
const separators = ["/", "%2f", "%2F", "%5c", "%5C", "\\", "//", "/;", ";", ";x=y", ";/", "%3b/", "%3B"];

const dotSegments = dots.flatMap((dot) =>
  separators.flatMap((separator) => [`${dot}${separator}shut`, `a${separator}${dot}/shut`]),
);

const encodings = [
  ...["%2fshut", "%2Fshut", "%2f%2fshut", "a%2f..%2fshut", "%5cshut", "a%5c..%5cshut"],
  ...["%252e%252e/shut", "%252e%252e%252fshut", "%25%32%65%25%32%65/shut", "%%32%65%%32%65/shut"],
  ...[
    "%c0%ae%c0%ae/shut",
    "%c0%af..%c0%afshut",
    "%C0%AE./shut",
    "%e0%80%ae%e0%80%ae/shut",
    "%f0%80%80%ae/shut",
  ],
  ...[
    "%c1%9cshut",
    "%c0%2e/shut",
    "%ef%bc%8eshut",
    "%ef%bc%8fshut",
    "%uff0e%uff0e/shut",
    "%u002e%u002e/shut",
  ],
  ...["%00", "a%00b", "shut%00", "%00/shut", "..%00/shut", "%2e%2e%00/shut", "a%00.json"],
  ...["%", "a%", "%2", "a%2", "%zz", "%2z/shut", "%-1", "% 2e", "%+2e", "%0x2e"],
  ...["%0d%0aX: y", "%0d%0aX:%20y", "%0a", "%0d", "%09", "%20", "%7f", "%01", "%1b"],
  ...["%61", "%41", "a%61", "%73hut", "s%68ut", "SHUT", "Shut", "shut%20", "%20shut", "shut.", "shut%2e"],
];

const raw = [
  ...["/shut", "//shut", "///", "a//b", "a//../shut", "/", ""],
  ...[
    "a;b",
    ";a",
    "a;",
    ";/shut",
    "a;/../shut",
    "..;/shut",
    "..;a=b/shut",
    ".;/shut",
    ";/../shut",
    "a;b=c/d;e=f",
  ],
  ...["a\\b", "\\shut", "..\\shut", "a\\..\\shut", "\\\\shut"],
  ...["a#b", "#", "a%23b", "a%3fb", "%3f", "%3Fx=y", "a?b/../shut", "a??b", "?", "?a=b#c"],
  ...["a\0b", "\0", "a\x01", "a\x7f", "a\tb", "a b", "\xe4", "\xff", "\xc0\xae\xc0\xae/shut", "\x0b", "\x0c"],
  ...["...", "....", ".../shut", "..../shut", ".a", "a.", "..a", "a..", "..a/shut", "a../shut", ".a./b"],
  ...[
    "~",
    "~root",
    "*",
    "@",
    ":80/shut",
    "@b/shut",
    "$",
    "&a=b",
    "(a)",
    "'a'",
    "[a]",
    "{a}",
    "<a>",
    '"a"',
    "|",
    "^",
    "`",
  ],
  ...["${request.path[p]}", "$%7brequest.path[p]%7d", "http://b/shut", "http:/shut", "//b/shut"],
  ...["a".repeat(2_000), "a/".repeat(1_000), "../".repeat(500), "%2e%2e%2f".repeat(300), "/".repeat(2_000)],
];

const named = (tail: string) => (tail.length > 60 ? `${tail.slice(0, 20)} × ${tail.length}` : tail);

export const pathCases: readonly PathCase[] = [...new Set([...dotSegments, ...encodings, ...raw])].map(
  (tail) => ({
    name: JSON.stringify(named(tail)),
    tail,
  }),
);
