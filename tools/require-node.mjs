// Plain JavaScript of old: it has to run on the Node version that it refuses.
import module from "node:module";
import { fileURLToPath } from "node:url";

const needed = [22, 18];
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  console.error(
    [
      "This project runs its TypeScript by Node's own type stripping and needs Node >= " +
        needed.join(".") +
        ".",
      `This is Node ${process.versions.node} (${process.execPath}).`,
      "Cure: run it by npm (npm start, npm test), which takes the Node that npm ci installed into node_modules/.bin;",
      'or put that one first on the PATH:  export PATH="$PWD/node_modules/.bin:$PATH"',
    ].join("\n"),
  );
  process.exit(1);
}

// Compiled code is kept for the next start, which halves the time that loading takes.
module.enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/compiled", import.meta.url)));

// Pulumi's SDK takes a stack trace for every promise, and maps each frame back to its own sources: a tenth of a preview.
// Node strips types in place, so the frames of this program are right without.
const require = module.createRequire(import.meta.url);
try {
  const id = require.resolve("source-map-support/register");
  require.cache[id] ??= Object.assign(new module.Module(id), { exports: {}, loaded: true });
} catch {
  // Nothing maps stack traces here.
}
