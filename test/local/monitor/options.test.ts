import { Provider } from "@pulumi/oci/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { createFakeCloud, type FakeCloud, Group, run, Thing } from "./harness.ts";

let cloud: FakeCloud;
beforeEach(() => {
  cloud = createFakeCloud();
});

const thing = (name: string) => `urn:pulumi:local::proj::test:index:Thing::${name}`;
const a = (args: { name?: string; size?: string } = {}, opts: pulumi.CustomResourceOptions = {}) => {
  return () => void new Thing("a", { name: "a", ...args }, opts);
};

test("protect: neither replaced nor deleted, also told by the preview", async () => {
  const first = await run(cloud, a({}, { protect: true }));
  const replaced = await run(cloud, a({ name: "z" }, { protect: true }), { ...first, isPreview: true });
  expect(replaced.problems).toEqual([
    {
      urn: thing("a"),
      message: "resource is protected and can't be replaced (name changed); remove its option protect first",
    },
  ]);
  const deleted = await run(cloud, () => {}, { ...first, isPreview: true });
  expect(deleted.problems).toEqual([
    {
      urn: thing("a"),
      message: "resource is protected and can't be deleted; remove its option protect first",
    },
  ]);
  expect(cloud.calls).toHaveLength(1);
});

test("ignoreChanges keeps the earlier value", async () => {
  const first = await run(cloud, a({ size: "1" }));
  const second = await run(cloud, a({ size: "2" }, { ignoreChanges: ["size"] }), first);
  expect(second.steps).toEqual(["same a"]);
});

test("replaceOnChanges replaces for a property that could be updated", async () => {
  const first = await run(cloud, a({ size: "1" }));
  const second = await run(cloud, a({ size: "2" }, { replaceOnChanges: ["size"] }), first);
  expect(second.steps).toEqual(["replace a", "delete a"]);
});

test("retainOnDelete forgets the resource and leaves it where it is", async () => {
  const first = await run(cloud, a({}, { retainOnDelete: true }));
  const second = await run(cloud, () => {}, first);
  expect(cloud.calls.filter((call) => call.startsWith("delete"))).toEqual([]);
  expect(second.state.map(({ urn }) => urn)).not.toContain(thing("a"));
});

test("deletedWith: nothing is called for what goes with another resource", async () => {
  const first = await run(cloud, () => {
    const host = new Thing("host", { name: "host" });
    new Thing("guest", { name: "guest" }, { deletedWith: host });
  });
  cloud.calls.length = 0;
  await run(cloud, () => {}, first);
  expect(cloud.calls).toEqual(["delete id-1 host"]);
});

test.each<[string, pulumi.Alias | string]>([
  ["URN", thing("a")],
  ["name", { name: "a" }],
])("aliases by %s: a renamed resource stays the same", async (_kind, alias) => {
  const first = await run(cloud, a());
  const second = await run(cloud, () => void new Thing("b", { name: "a" }, { aliases: [alias] }), first);
  expect(second.steps).toEqual(["same b"]);
  expect(second.state.find(({ urn }) => urn === thing("b"))?.id).toBe("id-1");
});

test("aliases by parent: a resource that moves into a component stays the same", async () => {
  const first = await run(cloud, a());
  const second = await run(
    cloud,
    () =>
      void new Thing(
        "a",
        { name: "a" },
        { parent: new Group("g"), aliases: [{ parent: pulumi.rootStackResource }] },
      ),
    first,
  );
  expect(second.steps).toEqual(["create g", "same a"]);
});

test("aliases of a component reach its children", async () => {
  const program = (name: string, aliases: pulumi.Alias[]) => () => {
    const group = new Group(name, { aliases });
    new Thing(`${name}-a`, { name: "a" }, { parent: group });
  };
  const first = await run(cloud, program("g", []));
  const second = await run(cloud, program("h", [{ name: "g" }]), first);
  expect(second.steps).toEqual(["same h", "same h-a"]);
});

test("transforms of resource, component and stack change inputs and options", async () => {
  const add = (text: string): pulumi.ResourceTransform => {
    return async ({ props, opts }) => ({ props: { ...props, size: `${props.size ?? ""}${text}` }, opts });
  };
  const first = await run(cloud, async () => {
    pulumi.runtime.registerResourceTransform(async ({ type, props, opts }) =>
      type === "test:index:Thing"
        ? { props: { ...props, size: `${props.size}-stack` }, opts: { ...opts, protect: true } }
        : undefined,
    );
    const group = new Group("g", {
      transforms: [async (args) => (args.type === "test:index:Thing" ? add("-group")(args) : undefined)],
    });
    new Thing("a", { name: "a", size: "1" }, { parent: group, transforms: [add("-own")] });
  });
  expect(first.problems).toEqual([]);
  expect(cloud.calls).toEqual(['create a {"name":"a","size":"1-own-group-stack"}']);
  expect(first.state.find(({ type }) => type === "test:index:Thing")?.isProtected).toBe(true);
});

test("an explicit provider's region and customTimeouts reach the cloud", async () => {
  await run(cloud, () => {
    const provider = new Provider("home", { region: "us-ashburn-1" });
    new Thing("a", { name: "a" }, { provider, customTimeouts: { create: "1m30s" } });
  });
  expect(cloud.contexts).toEqual([{ region: "us-ashburn-1", timeoutInMs: 90_000 }]);
});

test("options that aren't carried out are refused by name", async () => {
  const result = await run(cloud, () => {
    const other = new Thing("o", { name: "o" });
    new Thing("a", { name: "a" }, { import: "some-id", replaceWith: [other] });
    new Thing("b", { name: "b" }, { replacementTrigger: "1" });
  });
  expect(result.problems).toEqual([
    {
      urn: thing("b"),
      message:
        "the local run doesn't carry out the resource option replacementTrigger; remove it for this stack",
    },
    {
      urn: thing("a"),
      message:
        "the local run doesn't carry out the resource options import, replaceWith; remove it for this stack",
    },
  ]);
});

test("resource hooks run around their operation with what changes", async () => {
  const seen: string[] = [];
  const hook = (name: string) =>
    new pulumi.ResourceHook(name, (args) => {
      seen.push(`${name} ${args.name} ${args.id} ${args.newInputs?.size} ${args.newOutputs?.address}`);
    });
  const program = (size: string) => () => {
    const hooks = {
      beforeCreate: [hook("bc")],
      afterCreate: [hook("ac")],
      beforeUpdate: [hook("bu")],
      afterUpdate: [hook("au")],
    };
    new Thing("a", { name: "a", size }, { hooks });
  };
  const first = await run(cloud, program("1"));
  await run(cloud, program("2"), first);
  expect(seen).toEqual([
    "bc a  1 undefined",
    "ac a id-1 1 address of a",
    "bu a id-1 2 undefined",
    "au a id-1 2 address of a",
  ]);
});

test("a failing afterCreate hook fails the resource, but it exists", async () => {
  const program = (fails: boolean) => () => {
    const hook = new pulumi.ResourceHook("check", () => {
      if (fails) throw new Error("not callable");
    });
    new Thing("a", { name: "a" }, { hooks: { afterCreate: [hook] } });
  };
  const first = await run(cloud, program(true));
  expect(first.problems).toEqual([
    { urn: thing("a"), message: 'the hook "check" (afterCreate) failed: not callable' },
  ]);
  const second = await run(cloud, program(true), first);
  expect(second.problems).toEqual([]);
  expect(second.steps).toEqual(["same a"]);
});

test("hooks run in a preview only when they ask for it", async () => {
  const seen: string[] = [];
  await run(
    cloud,
    () => {
      const one = new pulumi.ResourceHook("one", () => void seen.push("one"), { onDryRun: true });
      const two = new pulumi.ResourceHook("two", () => void seen.push("two"));
      new Thing("a", { name: "a" }, { hooks: { beforeCreate: [one, two] } });
    },
    { isPreview: true },
  );
  expect(seen).toEqual(["one"]);
});

test("delete hooks run as long as the program has them; else their absence is told", async () => {
  const seen: string[] = [];
  const hook = () => new pulumi.ResourceHook("bye", ({ id }) => void seen.push(id));
  const first = await run(
    cloud,
    () => void new Thing("a", { name: "a" }, { hooks: { beforeDelete: [hook()] } }),
  );
  await run(cloud, () => void hook(), first);
  expect(seen).toEqual(["id-1"]);
  const without = await run(cloud, () => {}, first);
  expect(without.events).toContainEqual({
    type: "warning",
    urn: thing("a"),
    message: 'the hook "bye" (beforeDelete) isn\'t in the program any more: it is not run',
  });
});

test("an error hook may ask for further attempts", async () => {
  const seen: string[] = [];
  cloud.failures.a = ["404-NotAuthorizedOrNotFound, one", "404-NotAuthorizedOrNotFound, two"];
  const result = await run(cloud, () => {
    const retry = new pulumi.ErrorHook("retry", ({ errors, failedOperation }) => {
      seen.push(`${failedOperation}: ${errors.join(" | ")}`);
      return true;
    });
    new Thing("a", { name: "a" }, { hooks: { onError: [retry] } });
  });
  expect(result.problems).toEqual([]);
  expect(seen).toEqual([
    "create: 404-NotAuthorizedOrNotFound, one",
    "create: 404-NotAuthorizedOrNotFound, two | 404-NotAuthorizedOrNotFound, one",
  ]);
});

test("an error hook that doesn't ask for another attempt leaves the failure", async () => {
  cloud.failures.a = ["500-InternalServerError, no"];
  const result = await run(cloud, () => {
    new Thing("a", { name: "a" }, { hooks: { onError: [new pulumi.ErrorHook("never", () => false)] } });
  });
  expect(result.problems).toEqual([{ urn: thing("a"), message: "500-InternalServerError, no" }]);
});
