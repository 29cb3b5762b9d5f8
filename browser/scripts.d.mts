export const SCRIPTS: Readonly<Record<string, string>>;
