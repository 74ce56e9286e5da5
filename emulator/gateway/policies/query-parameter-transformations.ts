import {
  decodedName,
  encodeQueryName,
  encodeQueryValue,
  parseQuery,
  queryText,
} from "../specification/query.ts";
import type { PolicyContext, RequestStep } from "./policy.ts";
import { compileTransformation, transform } from "./transformation.ts";
import { compileValue, type Encode, renderValue } from "./values.ts";

const encode: Encode = (text, source) => encodeQueryValue(text, source !== undefined && source !== "auth");

/** Changes the query that the back end gets ("Adding Query Parameter Transformation Request Policies"). */
export function compileQueryParameterTransformations({ route }: PolicyContext): RequestStep | undefined {
  const given = route.requestPolicies?.queryParameterTransformations;
  const filter = given?.filterQueryParameters;
  const plan = compileTransformation({
    set: given?.setQueryParameters?.items.map((item) => ({ ...item, name: encodeQueryName(item.name) })),
    rename: given?.renameQueryParameters?.items.map(({ from, to }) => ({
      from: encodeQueryName(from),
      to: encodeQueryName(to),
    })),
    filter: filter && { ...filter, items: filter.items.map(({ name }) => ({ name: encodeQueryName(name) })) },
    keyOf: decodedName,
    compileValue: (text) => compileValue(text, encode),
  });
  if (plan === undefined) return undefined;
  return (exchange) => {
    const { outgoing } = exchange;
    try {
      const pairs = transform(plan, parseQuery(outgoing.query), ({ values }) =>
        values.map((value) => `=${renderValue(value, exchange, encode)}`),
      );
      outgoing.query = queryText(pairs);
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      exchange.record(
        "WARN",
        "queryParameterTransformation.badParameterValue",
        "a value can't be put into a query: no query parameter is transformed",
      );
    }
    return true;
  };
}
