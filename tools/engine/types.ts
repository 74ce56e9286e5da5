/** A Pulumi CLI that can be run. */
export interface Cli {
  /** Its executable. */
  path: string;
  /** Without a leading `v`. */
  version: string;
  from: "PATH" | "cache" | "download" | "build";
}

/** One way to get a CLI: it answers the CLI, or why there is none by this way. */
export interface Way {
  name: string;
  find(): Promise<Cli | { why: string }>;
}

/** Where the ways look and what they tell. */
export interface Surroundings {
  environment: Readonly<Record<string, string | undefined>>;
  /** Folder of everything that is kept between runs. */
  cacheFolder: string;
  /** A line about work that takes long. */
  onProgress: (line: string) => void;
}

/** Older ones lack what the program needs (error hooks). */
export const minimumVersion = "3.253.0";
