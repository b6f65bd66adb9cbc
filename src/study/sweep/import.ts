export async function importTrials(..._a: unknown[]): Promise<void> {}
