import { compileSelection } from "../policies/selection.ts";
import { GatewayFault } from "../server/errors.ts";
import type { DynamicRoutingBackend, SingleBackend } from "../specification/model.ts";
import type { Backend } from "./backend.ts";

/**
 * One of several back ends by an element of the request ("Selecting API Gateway Back Ends Dynamically Based on Request
 * Elements").
 *
 * @param compile - Compiles one of them; an HTTP back end may have the selector in its host.
 */
export function compileDynamicRouting(
  { selectionSource, routingBackends }: DynamicRoutingBackend,
  compile: (backend: SingleBackend, selector: string) => Backend,
): Backend {
  const select = compileSelection(
    selectionSource,
    routingBackends.map(({ key, backend }) => ({
      key,
      value: { type: backend.type, serve: compile(backend, selectionSource.selector) },
    })),
  );
  return (exchange) => {
    const selected = select(exchange);
    if (selected === undefined) {
      throw new GatewayFault("noBackendMatched", `no rule matches ${selectionSource.selector}`);
    }
    const { value, name, isDefault } = selected;
    exchange.chosenBackendType = value.type;
    exchange.record(
      "INFO",
      isDefault ? "dynamicRouting.defaultBackendMatched" : "dynamicRouting.backendMatched",
      `rule ${JSON.stringify(name)} chose a back end of type ${value.type}`,
    );
    return value.serve(exchange);
  };
}
