import { type ChildProcess, spawn } from "node:child_process";
import type { ServerWritableStream } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb.js";

type InstallRequest = InstanceType<typeof language.InstallDependenciesRequest>;
type InstallResponse = InstanceType<typeof language.InstallDependenciesResponse>;

/** `pulumi install`: npm's own install in the program's folder. */
export function installDependencies(
  call: ServerWritableStream<InstallRequest, InstallResponse>,
  started: (child: ChildProcess) => void,
): void {
  const directory = call.request.getInfo()?.getProgramDirectory() || call.request.getDirectory();
  const child = spawn("npm", ["install"], { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  started(child);
  const fail = (details: string) => call.emit("error", new Error(details));
  child.stdout.on("data", (chunk: Buffer) =>
    call.write(new language.InstallDependenciesResponse().setStdout(chunk)),
  );
  child.stderr.on("data", (chunk: Buffer) =>
    call.write(new language.InstallDependenciesResponse().setStderr(chunk)),
  );
  child.once("error", (error) => fail(`npm install in ${directory}: ${error.message}`));
  child.once("close", (code) => {
    if (code === 0) call.end();
    else fail(`npm install in ${directory} ended with exit code ${code}`);
  });
}
