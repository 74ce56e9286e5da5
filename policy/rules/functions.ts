import type { Rule } from "../rule.ts";
import { functionCallable } from "./function-callable.ts";
import { functionConfigNoSecrets } from "./function-config-no-secrets.ts";
import { functionImagePinned, functionImageRegion, functionRuntimeSupported } from "./function-image.ts";
import {
  applicationImageSignature,
  applicationShape,
  functionFailureDestination,
  functionLimitsSet,
  functionTracing,
} from "./function-settings.ts";

export const functionRules: readonly Rule[] = [
  functionConfigNoSecrets,
  functionImagePinned,
  functionImageRegion,
  functionRuntimeSupported,
  functionLimitsSet,
  functionFailureDestination,
  functionTracing,
  applicationImageSignature,
  applicationShape,
  functionCallable,
];
