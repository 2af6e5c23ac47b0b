export const roles = ['moderator', 'facilitator', 'rapporteur'] as const;
export type Role = (typeof roles)[number];
