export function compiledCore(): Promise<string>;
