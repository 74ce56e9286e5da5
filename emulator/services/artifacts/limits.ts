/** Limits of Container Registry ("Container Registry Concepts", "Service Limits"). */
export const artifactsLimits = {
  repositoryNameLength: { min: 1, max: 256 },
  repositoriesPerRegion: 500,
} as const;
