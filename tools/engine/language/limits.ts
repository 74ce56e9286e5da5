/** Above the largest state that a program may hand over. */
const maximumMessageInBytes = 400 * 1024 * 1024;

/** What the plugins' servers, the language host's and its clients take. */
export const messageLimits = {
  "grpc.max_receive_message_length": maximumMessageInBytes,
  "grpc.max_send_message_length": maximumMessageInBytes,
} as const;
