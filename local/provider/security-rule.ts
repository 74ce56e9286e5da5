import { isRecord, type Properties } from "../values.ts";
import { checkInputs, difference } from "./check.ts";
import { regionHeaders } from "./crud.ts";
import type { OciClient } from "./http.ts";
import { OciError } from "./http.ts";
import type { ResourceRow } from "./rows.ts";
import type { SpecialResource } from "./special.ts";
import type { OperationContext } from "./types.ts";
import { fromBody, toBody } from "./wire.ts";

const row: ResourceRow = {
  collection: "/20160918/networkSecurityGroups",
  properties: {
    description: "string",
    destination: "string",
    destinationType: "string",
    direction: "string",
    icmpOptions: "object",
    networkSecurityGroupId: "string",
    protocol: "string",
    source: "string",
    sourceType: "string",
    stateless: "boolean",
    tcpOptions: "object",
    udpOptions: "object",
  },
  required: ["direction", "networkSecurityGroupId", "protocol"],
  createOnly: ["networkSecurityGroupId"],
  unsent: ["networkSecurityGroupId"],
  renamed: { stateless: "isStateless" },
  isAsynchronous: false,
  readyState: "AVAILABLE",
  goneState: "TERMINATED",
};

/** Rules of a network security group are no resources in OCI: they are added to and removed from their group. */
export function createSecurityRules(client: OciClient): SpecialResource {
  async function act(group: unknown, action: string, body: Properties, context: OperationContext) {
    const path = `${row.collection}/${encodeURIComponent(String(group))}/actions/${action}`;
    const response = await client.call("POST", path, { body, headers: regionHeaders(context) });
    return isRecord(response.body) ? rulesOf(response.body.securityRules) : [];
  }

  return {
    check: (inputs) => checkInputs(row, inputs),
    diff: (oldInputs, newInputs) => difference(row, oldInputs, newInputs),
    async create(inputs, context) {
      const body = { securityRules: [toBody(row, inputs)] };
      const [rule] = await act(inputs.networkSecurityGroupId, "addSecurityRules", body, context);
      if (rule === undefined) throw new Error("addSecurityRules answered no rule");
      return { id: String(rule.id), outputs: { ...inputs, ...fromBody(row, rule) } };
    },
    async read(id, inputs, context) {
      const path = `${row.collection}/${encodeURIComponent(String(inputs.networkSecurityGroupId))}/securityRules`;
      try {
        const { body } = await client.call("GET", path, { headers: regionHeaders(context) });
        const rule = rulesOf(body).find((candidate) => candidate.id === id);
        return rule && { ...inputs, ...fromBody(row, rule) };
      } catch (error) {
        if (error instanceof OciError && error.status === 404) return undefined;
        throw error;
      }
    },
    async list(inputs, context) {
      const path = `${row.collection}/${encodeURIComponent(String(inputs.networkSecurityGroupId))}/securityRules`;
      const { body } = await client.call("GET", path, { headers: regionHeaders(context) });
      return rulesOf(body).map((rule) => ({ id: String(rule.id), outputs: fromBody(row, rule) }));
    },
    async update(id, inputs, context) {
      const body = { securityRules: [{ ...toBody(row, inputs), id }] };
      const [rule] = await act(inputs.networkSecurityGroupId, "updateSecurityRules", body, context);
      return { ...inputs, ...fromBody(row, rule ?? {}) };
    },
    async delete(id, outputs, context) {
      try {
        await act(outputs.networkSecurityGroupId, "removeSecurityRules", { securityRuleIds: [id] }, context);
      } catch (error) {
        if (!(error instanceof OciError && error.status === 404)) throw error;
      }
    },
  };
}

function rulesOf(value: unknown): Properties[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
