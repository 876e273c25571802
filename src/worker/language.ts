/** Variables by which programs explain themselves in the page's language, whose words are brought first. */
export async function variablesOf(language: string): Promise<ReadonlyMap<string, string>> {
  if (!language.startsWith('zh')) return new Map();
  const { learnChinese } = await import('../terminal/chinese.ts');
  learnChinese();
  return new Map([['LC_MESSAGES', 'zh_CN.UTF-8']]);
}
