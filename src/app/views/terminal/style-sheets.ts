/**
 * The page's policy allows no style elements, and xterm makes three for its theme and cell sizes. While it opens,
 * it is given elements that write to a constructed sheet instead, which the policy allows.
 */
export function withConstructedSheets<T>(act: () => T): T {
  const original = document.createElement;
  const create = original.bind(document);
  const replacement = (tag: string, options?: ElementCreationOptions): HTMLElement => {
    // A template is never drawn, and an empty style element would be refused as well.
    return tag.toLowerCase() === 'style' ? redirect(create('template')) : create(tag, options);
  };
  // The overloads of createElement differ only in what they promise for each tag, which `create` keeps.
  document.createElement = replacement as typeof document.createElement;
  try {
    return act();
  } finally {
    document.createElement = original;
  }
}

function redirect(element: HTMLElement): HTMLElement {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let text = '';
  Object.defineProperty(element, 'textContent', {
    get: () => text,
    set: (css: string) => {
      text = css;
      sheet.replaceSync(css);
    },
  });
  const remove = element.remove.bind(element);
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    remove();
  };
  return element;
}
