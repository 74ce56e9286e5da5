/** Ways in which a program can let its gateway call functions, by the setting `access`. */
export const modes = ["create", "existing group by OCID", "existing group by name", "any-user"] as const;
export const scopes = ["compartment", "functions"] as const;

/** Who calls. The program's gateway and its functions lie in one compartment. */
export const callers = {
  gateway: "the program's gateway",
  sibling: "another gateway of the same compartment",
  stranger: "a gateway of another compartment",
  fn: "a function of the same compartment, as a resource principal",
  user: "a user",
} as const;

/** What is called. */
export const targets = {
  own: "a function of the program",
  neighbour: "another function of the same compartment",
  foreign: "a function of another compartment",
} as const;

export type Scope = (typeof scopes)[number];
export type Caller = keyof typeof callers;
export type Target = keyof typeof targets;

export interface Privilege {
  scope: Scope;
  caller: Caller;
  target: Target;
  isAllowed: boolean;
  why: string;
}

const rule = "the group's rule, or the condition of any-user, names the compartment of the gateways";
const family = "`use functions-family` is for all functions of the compartment; Oracle documents this form";
const elsewhere = "the policy holds in the compartment of the program's functions";
const notMatched = "neither rule nor condition matches gateways of other compartments";
const notAGateway = "rule and condition ask for the type `ApiGateway`";
const oneGateway = "the statement names the program's gateway";

const privilege =
  (scope: Scope, isAllowed: boolean) =>
  (caller: Caller, target: Target, why: string): Privilege => ({ scope, caller, target, isAllowed, why });

const wideAllowed = privilege("compartment", true);
const wideRefused = privilege("compartment", false);
const narrowAllowed = privilege("functions", true);
const narrowRefused = privilege("functions", false);

/** Who may call what: the same in every mode. */
export const privileges: readonly Privilege[] = [
  wideAllowed("gateway", "own", "what the program is for"),
  wideAllowed("gateway", "neighbour", family),
  wideRefused("gateway", "foreign", elsewhere),
  wideAllowed("sibling", "own", rule),
  wideAllowed("sibling", "neighbour", `${rule}; ${family}`),
  wideRefused("sibling", "foreign", elsewhere),
  wideRefused("stranger", "own", notMatched),
  wideRefused("stranger", "neighbour", notMatched),
  wideRefused("stranger", "foreign", notMatched),
  wideRefused("fn", "own", notAGateway),
  wideRefused("fn", "neighbour", notAGateway),
  wideRefused("fn", "foreign", notAGateway),
  wideRefused("user", "own", notAGateway),
  wideRefused("user", "neighbour", notAGateway),
  wideRefused("user", "foreign", notAGateway),
  narrowAllowed("gateway", "own", "what the program is for"),
  narrowRefused("gateway", "neighbour", "the statement names the program's functions"),
  narrowRefused("gateway", "foreign", elsewhere),
  narrowRefused("sibling", "own", oneGateway),
  narrowRefused("sibling", "neighbour", oneGateway),
  narrowRefused("sibling", "foreign", oneGateway),
  narrowRefused("stranger", "own", oneGateway),
  narrowRefused("stranger", "neighbour", oneGateway),
  narrowRefused("stranger", "foreign", oneGateway),
  narrowRefused("fn", "own", oneGateway),
  narrowRefused("fn", "neighbour", oneGateway),
  narrowRefused("fn", "foreign", oneGateway),
  narrowRefused("user", "own", oneGateway),
  narrowRefused("user", "neighbour", oneGateway),
  narrowRefused("user", "foreign", oneGateway),
];
