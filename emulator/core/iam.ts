import type { AccessDecider, AccessRequest, Decision, IamState } from "../iam/types.ts";
import type { TenancySeed } from "../types.ts";
import type { Store, Stored } from "./store.ts";

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
const keptDecisions = 10_000;

/** What IAM knew until a change, which happened at `untilInMs`. */
interface Past {
  untilInMs: number;
  decider: AccessDecider;
}

/** IAM over the store: compiled again when something changed, decisions kept until then. */
export class StoredIam {
  readonly #options: StoredIamOptions;
  #compiled: { key: string; decider: AccessDecider } | undefined;
  readonly #decisions = new Map<string, Decision>();
  /** What the decisions were made of. */
  #decidedBy = "";
  /** Views of stored resources, the same as long as those are: what was read of them is kept by them. */
  readonly #views = new WeakMap<Stored, object>();
  /** Oldest first; empty unless changes take time. */
  #past: Past[] = [];

  constructor(options: StoredIamOptions) {
    this.#options = options;
    options.store.onChange = (type) => this.#beforeChange(type);
  }

  decide(request: AccessRequest): Decision {
    const past = this.#effectivePast();
    if (past !== undefined) return past.decide(request);
    const state = this.#stateKey();
    if (this.#decidedBy !== state || this.#decisions.size >= keptDecisions) {
      this.#decisions.clear();
      this.#decidedBy = state;
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
    const key = this.#stateKey();
    if (this.#compiled?.key !== key) {
      this.#compiled = { key, decider: this.#options.compile(this.#state()) };
    }
    return this.#compiled.decider;
  }

  /** Another text after each change of what IAM decides by. */
  #stateKey(): string {
    const { store, tenancy } = this.#options;
    return [tenancy().id, ...types.map((type) => store.versionOf(type))].join(" ");
  }

  #state(): IamState {
    const { store } = this.#options;
    const { id: tenancyId, name } = this.#options.tenancy();
    return {
      tenancyId,
      compartments: [
        { id: tenancyId, name, compartmentId: undefined },
        ...store.list("compartment").map(({ id, body }) => ({
          id,
          name: String(body.name),
          compartmentId: String(body.compartmentId),
        })),
      ],
      dynamicGroups: store.list("dynamicGroup").map((stored) => this.#view(stored, groupView)),
      policies: store.list("policy").map((stored) => this.#view(stored, policyView)),
    };
  }

  #view<View extends object>(stored: Stored, make: (stored: Stored) => View): View {
    const view = (this.#views.get(stored) as View | undefined) ?? make(stored);
    this.#views.set(stored, view);
    return view;
  }
}

function groupView({ id, body }: Stored): IamState["dynamicGroups"][number] {
  return { id, name: String(body.name), matchingRule: String(body.matchingRule) };
}

function policyView({ id, body }: Stored): IamState["policies"][number] {
  return {
    id,
    name: String(body.name),
    compartmentId: String(body.compartmentId),
    statements: body.statements as string[],
  };
}
