/** What a header's value must be, as errors say it. */
export const headerValueMust =
  "must hold only characters that a header can carry: no line breaks, no control characters, none beyond Latin-1 (é can stand, € can't)";

/** Whether a header can carry a text, each character as one octet ("HTTP Semantics", RFC 9110, "Field Values"). */
export function isHeaderValue(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}

/** Characters of header names (RFC 9110, "Tokens"). */
export const headerNamePattern = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
