import { answerMessages } from "./child.ts";
import { type LoadOptions, load } from "./load.ts";

answerMessages(
  (options: LoadOptions) => load(options),
  () => {},
);
