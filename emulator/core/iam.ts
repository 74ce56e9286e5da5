import type { AccessDecider, AccessRequest, Decision, IamState } from "../iam/types.ts";
import type { TenancySeed } from "../types.ts";
import type { Store } from "./store.ts";

/** IAM over the store: compiled again when something changed, decisions kept until then. */
export class StoredIam {
  readonly #store: Store;
  readonly #tenancy: () => TenancySeed;
  readonly #compile: (state: IamState) => AccessDecider;
  #compiled: { key: string; decider: AccessDecider } | undefined;
  #decisions = new Map<string, Decision>();
  #version = -1;

  constructor(store: Store, tenancy: () => TenancySeed, compile: (state: IamState) => AccessDecider) {
    this.#store = store;
    this.#tenancy = tenancy;
    this.#compile = compile;
  }

  decide(request: AccessRequest): Decision {
    if (this.#version !== this.#store.version) {
      this.#decisions.clear();
      this.#version = this.#store.version;
    }
    const key = JSON.stringify(request);
    const known = this.#decisions.get(key);
    if (known !== undefined) return known;
    const decision = this.#decider().decide(request);
    this.#decisions.set(key, decision);
    return decision;
  }

  #decider(): AccessDecider {
    const types = ["compartment", "dynamicGroup", "policy"].map((type) => this.#store.list(type));
    const key = `${this.#tenancy().id} ${types
      .flat()
      .map(({ id, etag }) => `${id}:${etag}`)
      .join(" ")}`;
    if (this.#compiled?.key !== key) this.#compiled = { key, decider: this.#compile(this.#state()) };
    return this.#compiled.decider;
  }

  #state(): IamState {
    const { id: tenancyId, name } = this.#tenancy();
    const text = (value: unknown) => String(value);
    return {
      tenancyId,
      compartments: [
        { id: tenancyId, name, compartmentId: undefined },
        ...this.#store.list("compartment").map(({ id, body }) => ({
          id,
          name: text(body.name),
          compartmentId: text(body.compartmentId),
        })),
      ],
      dynamicGroups: this.#store
        .list("dynamicGroup")
        .map(({ id, body }) => ({ id, name: text(body.name), matchingRule: text(body.matchingRule) })),
      policies: this.#store.list("policy").map(({ id, body }) => ({
        id,
        name: text(body.name),
        compartmentId: text(body.compartmentId),
        statements: body.statements as string[],
      })),
    };
  }
}
