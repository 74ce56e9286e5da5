import { z } from "zod";

/** A string that a function finds no fault with; the fault is the message. */
export function soundString(fault: (value: string) => string | undefined) {
  return z.string().superRefine((value, context) => {
    const message = fault(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
}

export function textOfBytes(maximum: number) {
  return soundString((value) => {
    const bytes = Buffer.byteLength(value);
    return bytes <= maximum ? undefined : `must be at most ${maximum} bytes long, but has ${bytes}`;
  });
}

export const headerName = soundString((value) =>
  /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(value)
    ? undefined
    : `must be a header's name, but is ${JSON.stringify(value)}`,
);

export const functionId = soundString((value) =>
  /^ocid1\.fnfunc\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9]+$/.test(value)
    ? undefined
    : `must be the OCID of a function, but is ${JSON.stringify(value)}; for example "ocid1.fnfunc.oc1.eu-frankfurt-1.aaaa"`,
);
