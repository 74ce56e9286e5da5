import { serve } from "../kit/serve.ts";
import { hello } from "./handler.ts";

serve(hello);
