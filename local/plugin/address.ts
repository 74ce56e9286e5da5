/** Environment variable that holds the control plane's address. */
export const addressVariable = "OCI_LOCAL_URL";

/**
 * Address of the local OCI's control plane.
 *
 * @throws An error for anything but `http://` on this machine's loopback: this plugin never talks to a network.
 */
export function loopbackAddress(environment: Readonly<Record<string, string | undefined>>): string {
  const text = environment[addressVariable] ?? "";
  const cure = `run the stack by npm run up:local, or start the local OCI and set it, for example ${addressVariable}=http://127.0.0.1:4910`;
  if (text === "") {
    throw new Error(
      `${addressVariable} isn't set: this is the plugin for the local OCI, not the official OCI provider; ${cure}`,
    );
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = url !== undefined && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (url?.protocol === "http:" && isLoopback && url.username === "") return url.origin;
  throw new Error(
    `${addressVariable} is ${JSON.stringify(text)}, but must be an http:// address of this machine's loopback; ${cure}`,
  );
}
