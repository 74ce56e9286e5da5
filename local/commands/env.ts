import { join } from "node:path";
import { isToRun, reporting } from "../command-line.ts";
import { health } from "../plugin/configuration.ts";
import { throwAwayKey } from "./api-key.ts";
import { clientHostOverrides } from "./client-overrides.ts";
import { EmulatorProcessError, ensureEmulator } from "./emulator-process.ts";
import { exportLines } from "./exports.ts";
import { localFolder, openWorkspace, pulumiVariables } from "./workspace.ts";

const command = {
  name: "npm run -s local:env --",
  description:
    "Prints the exports that point Oracle's and Pulumi's own clients at the local OCI, which it starts if none runs.",
  epilogue: `
EXAMPLES

  eval "$(npm run -s local:env)"      sets them in this shell
`,
};

async function main(typed: readonly string[]): Promise<void> {
  if (!(await isToRun(command, typed))) return;
  const { url } = await ensureEmulator(join(localFolder, "emulator"));
  const { tenancyId, region } = await health(url);
  const key = await throwAwayKey(join(localFolder, "oci"), { tenancyId, region });
  const workspace = await openWorkspace(join(localFolder, "pulumi"));
  const variables = {
    OCI_LOCAL_URL: url,
    CLIENT_HOST_OVERRIDES: clientHostOverrides(url),
    OCI_TENANCY_OCID: tenancyId,
    OCI_USER_OCID: key.userId,
    OCI_FINGERPRINT: key.fingerprint,
    OCI_PRIVATE_KEY_PATH: key.keyFile,
    OCI_REGION: region,
    OCI_CONFIG_FILE: key.configFile,
    OCI_CLI_CONFIG_FILE: key.configFile,
    OCI_CLI_ENDPOINT: url,
    ...pulumiVariables(workspace),
    PULUMI_HOME: workspace.userHome,
    // The official provider has to come from somewhere: the PATH, else a download.
    PULUMI_IGNORE_AMBIENT_PLUGINS: "false",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false",
  };
  process.stdout.write(exportLines(variables));
  if (process.stdout.isTTY === true) {
    process.stderr.write('\nTo set them in this shell: eval "$(npm run -s local:env)"\n');
  }
}

main(process.argv.slice(2)).catch(reporting(EmulatorProcessError));
