import { expect, it } from "vitest";
import { engineEnvironment, type Workspace } from "../../local/commands/workspace.ts";

const workspace: Workspace = { home: "/h", userHome: "/u", backend: "/b", projects: "/p" };

// With another passphrase `pulumi stack export` prints nulls and exits 0 (pulumi/pulumi#23476).
it("our commands have a passphrase of their own, whatever the user's shell says", () => {
  const shell = {
    PATH: "/bin",
    PULUMI_CONFIG_PASSPHRASE: "the user's",
    PULUMI_CONFIG_PASSPHRASE_FILE: "/run/passphrase",
    PULUMI_ACCESS_TOKEN: "pul-0",
  };
  const environment = engineEnvironment(workspace, "http://127.0.0.1:1", shell);
  expect(environment).toMatchObject({ PATH: "/bin", PULUMI_CONFIG_PASSPHRASE: "local" });
  expect(environment).not.toHaveProperty("PULUMI_CONFIG_PASSPHRASE_FILE");
  expect(environment).not.toHaveProperty("PULUMI_ACCESS_TOKEN");
});
