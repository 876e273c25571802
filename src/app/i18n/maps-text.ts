import { useLanguage } from './language-store.ts';
import { type MapsMessages, mapsEn } from './maps.en.ts';
import { mapsZhCn } from './maps.zh-CN.ts';

/** The words of the map room in the page's present language. */
export function useMapsText(): MapsMessages {
  return useLanguage((state) => state.language) === 'zh-CN' ? mapsZhCn : mapsEn;
}
