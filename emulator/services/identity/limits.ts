/** IAM's limits ("Service Limits", "Managing Dynamic Groups"). */
export const identityLimits = {
  dynamicGroupsPerTenancy: 50,
  policiesPerTenancy: 100,
  statementsPerPolicy: 50,
  statementsPerTenancy: 500,
  matchingRuleLength: 100_000,
  nameLength: { min: 1, max: 100 },
  descriptionLength: { min: 1, max: 400 },
} as const;
