/** What a request line asks for. */
export interface RequestTarget {
  /** Path and query as sent. */
  target: string;
  /** Host and port where the target is a whole URL, as clients send them to proxies. */
  authority: string | undefined;
}

/** Takes scheme and host off a whole URL; what is no URL stays as it is. */
export function readTarget(url: string): RequestTarget {
  if (url.startsWith("/")) return { target: url, authority: undefined };
  const [, authority, rest] = /^https?:\/\/([^/?#]+)(.*)/is.exec(url) ?? [];
  if (authority === undefined || rest === undefined) return { target: url, authority: undefined };
  return { target: rest.startsWith("/") ? rest : `/${rest}`, authority };
}

const host = /^(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?$/;

/** Most clients ask for the same host again and again. */
let lastHost = "";

/** Whether a text can be the value of `Host` (RFC 9110, section 7.2). */
export function isHost(text: string): boolean {
  if (text === lastHost) return true;
  if (!host.test(text)) return false;
  lastHost = text;
  return true;
}
