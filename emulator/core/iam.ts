import type { AccessDecider, AccessRequest, Decision, IamState } from "../iam/types.ts";
import type { TenancySeed } from "../types.ts";
import type { Store } from "./store.ts";

export interface StoredIamOptions {
  store: Store;
  tenancy(): TenancySeed;
  compile(state: IamState): AccessDecider;
  /** The machine's clock, in milliseconds. */
  nowInMs(): number;
  /** How long a change takes until IAM decides by it (switch `iamPropagationDelayInMs`). */
  delayInMs(): number;
}

const types = ["compartment", "dynamicGroup", "policy"];

/** What IAM knew until a change, which happened at `untilInMs`. */
interface Past {
  untilInMs: number;
  decider: AccessDecider;
}

/** IAM over the store: compiled again when something changed, decisions kept until then. */
export class StoredIam {
  readonly #options: StoredIamOptions;
  #compiled: { key: string; decider: AccessDecider } | undefined;
  #decisions = new Map<string, Decision>();
  #version = -1;
  /** Oldest first; empty unless changes take time. */
  #past: Past[] = [];

  constructor(options: StoredIamOptions) {
    this.#options = options;
    options.store.onChange = (type) => this.#beforeChange(type);
  }

  decide(request: AccessRequest): Decision {
    const past = this.#effectivePast();
    if (past !== undefined) return past.decide(request);
    const { version } = this.#options.store;
    if (this.#version !== version) {
      this.#decisions.clear();
      this.#version = version;
    }
    const key = JSON.stringify(request);
    const known = this.#decisions.get(key);
    if (known !== undefined) return known;
    const decision = this.#decider().decide(request);
    this.#decisions.set(key, decision);
    return decision;
  }

  /** Everything as it was is kept for as long as IAM still decides by it. */
  #beforeChange(type: string | undefined): void {
    if (this.#options.delayInMs() === 0 || (type !== undefined && !types.includes(type))) return;
    this.#forgetOld();
    this.#past.push({ untilInMs: this.#options.nowInMs(), decider: this.#decider() });
  }

  /** What IAM knew before the oldest change that hasn't reached it yet. */
  #effectivePast(): AccessDecider | undefined {
    if (this.#past.length === 0) return undefined;
    this.#forgetOld();
    return this.#past[0]?.decider;
  }

  #forgetOld(): void {
    const effectiveAtInMs = this.#options.nowInMs() - this.#options.delayInMs();
    this.#past = this.#past.filter(({ untilInMs }) => untilInMs > effectiveAtInMs);
  }

  #decider(): AccessDecider {
    const stored = types.map((type) => this.#options.store.list(type));
    const key = `${this.#options.tenancy().id} ${stored
      .flat()
      .map(({ id, etag }) => `${id}:${etag}`)
      .join(" ")}`;
    if (this.#compiled?.key !== key) {
      this.#compiled = { key, decider: this.#options.compile(this.#state()) };
    }
    return this.#compiled.decider;
  }

  #state(): IamState {
    const { store } = this.#options;
    const { id: tenancyId, name } = this.#options.tenancy();
    const text = (value: unknown) => String(value);
    return {
      tenancyId,
      compartments: [
        { id: tenancyId, name, compartmentId: undefined },
        ...store.list("compartment").map(({ id, body }) => ({
          id,
          name: text(body.name),
          compartmentId: text(body.compartmentId),
        })),
      ],
      dynamicGroups: store
        .list("dynamicGroup")
        .map(({ id, body }) => ({ id, name: text(body.name), matchingRule: text(body.matchingRule) })),
      policies: store.list("policy").map(({ id, body }) => ({
        id,
        name: text(body.name),
        compartmentId: text(body.compartmentId),
        statements: body.statements as string[],
      })),
    };
  }
}
