import { useUi } from '../../state/ui-store.ts';

export function switchLanguage(): void {
  const { language, set } = useUi.getState();
  set({ language: language === 'en' ? 'zh-CN' : 'en' });
}
