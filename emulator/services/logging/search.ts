import * as z from "zod";
import { checkedBody } from "../../core/check.ts";
import { notAuthorizedOrNotFound, OciError } from "../../core/errors.ts";
import type { Answer, Call, Operation } from "../../core/operation.ts";
import { page } from "../../core/paging.ts";

const time = z.iso.datetime({
  offset: true,
  error: (issue) => `${JSON.stringify(issue.input)} isn't a date and time of RFC 3339`,
});

const details = z.strictObject({
  timeStart: time,
  timeEnd: time,
  searchQuery: z.string(),
  isReturnFieldInfo: z
    .literal(false, {
      error: "isn't modelled here: no field information is made; leave it out or give false",
    })
    .optional(),
});

/** SearchLogs, for queries that name logs and at most sort their lines by time. */
export const searchLogs: Operation = {
  service: "logging",
  name: "SearchLogs",
  method: "POST",
  path: "/20190909/search",
  state: "approximated",
  note: 'queries are search "<compartment>[/<log group>[/<log>]]", several with commas, and | sort by datetime [asc|desc]; everything else is refused',
  isRead: true,
  queryParameters: ["limit", "page"],
  run(call) {
    const { timeStart, timeEnd, searchQuery } = checkedBody(details, call.rawBody) as z.output<
      typeof details
    >;
    const { scopes, isAscending } = parseQuery(searchQuery);
    const logIds = scopes.flatMap((scope) => logsOf(scope, call));
    const lines = call.emulation.logs.read({
      logIds: [...new Set(logIds)],
      fromInMs: Date.parse(timeStart),
      untilInMs: Date.parse(timeEnd),
    });
    const ordered = isAscending ? lines : lines.reverse();
    const results = page(ordered, call.query, "array", ({ entry }) => ({
      data: { datetime: Date.parse(entry.time), logContent: entry },
    }));
    return withSummary(results);
  },
};

function withSummary({ body, ...answer }: Answer): Answer {
  const results = body as unknown[];
  return { ...answer, body: { results, summary: { resultCount: results.length, fieldCount: 0 } } };
}

/** "Logging Query Language Specification", the part that is carried out. */
// unverified: without a sort the newest lines come first
function parseQuery(text: string): { scopes: string[]; isAscending: boolean } {
  const [search = "", ...operators] = text.split("|").map((part) => part.trim());
  const [, list] = /^search\s+("[^"]+"(?:\s*,\s*"[^"]+")*)$/i.exec(search) ?? [];
  if (list === undefined) {
    throw refused(search, 'a query begins with search "<compartment>[/<log group>[/<log>]]"');
  }
  let isAscending = false;
  for (const operator of operators) {
    const [, order] = /^sort\s+by\s+datetime(?:\s+(asc|desc))?$/i.exec(operator) ?? [operator, ""];
    if (order === "")
      throw refused(operator, "after search stands | sort by datetime [asc|desc], or nothing");
    isAscending = order?.toLowerCase() !== "desc";
  }
  return { scopes: [...list.matchAll(/"([^"]+)"/g)].map(([, scope = ""]) => scope), isAscending };
}

function refused(part: string, allowed: string): OciError {
  return new OciError(
    "InvalidParameter",
    `searchQuery: ${JSON.stringify(part)} isn't modelled here: ${allowed}`,
  );
}

/** Logs of a scope, whose log group and log may be given by OCID or display name. */
function logsOf(scope: string, { emulation: { store } }: Call): string[] {
  const [compartmentId, group, log, ...rest] = scope.split("/");
  const named = (wanted: string | undefined, id: string, name: unknown) =>
    wanted === undefined || wanted === id || wanted === name;
  if (rest.length > 0) throw refused(scope, "a scope has compartment, log group and log");
  const groups = store
    .list("logGroup")
    .filter(({ id, body }) => body.compartmentId === compartmentId && named(group, id, body.displayName));
  const logs = groups
    .flatMap(({ id }) => store.listBy("log", "logGroupId", id))
    .filter(({ id, body }) => named(log, id, body.displayName));
  if ((group !== undefined && groups.length === 0) || (log !== undefined && logs.length === 0)) {
    throw notAuthorizedOrNotFound();
  }
  return logs.map(({ id }) => id);
}
