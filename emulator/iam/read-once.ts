/** A reading that looks at each object once, and remembers what it read for as long as the object lives. */
export function readOnce<Source extends object, Read extends object>(
  read: (source: Source) => Read,
): (source: Source) => Read {
  const known = new WeakMap<Source, Read>();
  return (source) => {
    const before = known.get(source);
    if (before !== undefined) return before;
    const now = read(source);
    known.set(source, now);
    return now;
  };
}
