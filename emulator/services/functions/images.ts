import type { Emulation } from "../../core/operation.ts";

/** An image that the emulator's registry holds. */
export interface RegisteredImage {
  /** `host/namespace/repository:tag`. */
  image: string;
  /** `sha256:…` */
  digest: string;
  /** Folder that the image stands for; absent for an image that is adopted by name. */
  directory?: string;
}

/** Puts an image into the registry; its digest becomes the tag's latest. */
export function registerImage(emulation: Emulation, entry: RegisteredImage): void {
  const id = `${entry.image}@${entry.digest}`;
  emulation.store.erase(id);
  emulation.store.put("image", id, { ...entry });
}

/** The image by its name and digest; without a digest the latest of the tag. */
export function findImage(
  emulation: Emulation,
  image: unknown,
  digest?: unknown,
): RegisteredImage | undefined {
  if (digest !== undefined) {
    return emulation.store.live("image", `${image}@${digest}`)?.body as RegisteredImage | undefined;
  }
  return emulation.store.listBy("image", "image", image).at(-1)?.body as RegisteredImage | undefined;
}

/** All images, oldest first. */
export function listImages(emulation: Emulation): RegisteredImage[] {
  return emulation.store.list("image").map(({ body }) => body as unknown as RegisteredImage);
}
