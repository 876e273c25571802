import { addLanguage } from './cli/explain/explain.ts';
import { explanationsZh } from './cli/explain/zh/explanations.ts';

/** Programs whose LC_MESSAGES is Chinese explain themselves so from here on. */
export function learnChinese(): void {
  addLanguage('zh', explanationsZh);
}
