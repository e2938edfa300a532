export const callsOffice = {} as const;
