/** Sizes and times of the Functions service that hold here too. */

/** Largest request to a function and largest answer of one, in bytes: 6 MB ("Invoking Functions"). */
export const MAX_BODY_IN_BYTES = 6 * 1024 * 1024;

/** Largest headers of an answer, in bytes. */
// unverified: a function's response headers may take 16 KB; Oracle names an error for too large ones but no size
export const MAX_RESPONSE_HEADERS_IN_BYTES = 16 * 1024;

/** Time from the start of a process until its socket must exist ("Fn container contract"). */
export const INIT_TIMEOUT_IN_MS = 5_000;

/** Longest path of a unix socket, in bytes, with room for the FDKs' temporary name `lsnr.sock.tmp`. */
export const MAX_SOCKET_PATH_IN_BYTES = 103;

/** Idle instances stop after this time. */
// unverified: 30 s, the default of the open-source Fn server; the service only says that idle containers are stopped
export const IDLE_TIMEOUT_IN_MS = 30_000;

/** Instances of one function on this machine; the service counts memory per region instead. */
export const MAX_INSTANCES_PER_FUNCTION = 32;

/** Characters of one log line; what is longer is cut. */
export const MAX_LOG_LINE_LENGTH = 16_384;
