// The emulator alone, on the port of the first argument.
import { startEmulator } from "../emulator/index.ts";

const emulator = await startEmulator({ port: Number(process.argv[2]) });
process.once("SIGTERM", () => void emulator.close());
