export function bundle(entry: string, name: string): Promise<string>;
export function importBundled(entry: string, name: string): Promise<Record<string, unknown>>;
