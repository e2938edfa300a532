/** What somebody can have enough of, apart from the rest. What they asked for themselves, or must know, has no topic. */
export const TOPICS = ['announcements', 'invitations'] as const;
export type Topic = (typeof TOPICS)[number];

export const isTopic = (text: unknown): text is Topic => TOPICS.some((topic) => topic === text);
