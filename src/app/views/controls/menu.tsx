import { type ReactNode, useEffect, useRef } from 'react';
import { Icon, type IconName } from '../page/icon.tsx';

interface MenuProps {
  readonly label: string;
  readonly icon: IconName;
  /** Where the button says its label beside the icon. */
  readonly withText?: boolean;
  readonly children: ReactNode;
}

/** A button that opens a small sheet under itself. */
export function Menu({ label, icon, withText = false, children }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useCloseOutside(menu);
  return (
    <details className="menu" ref={menu}>
      <summary className={withText ? 'button' : 'button icon-only'} aria-label={label} title={label}>
        {withText && label}
        <Icon name={icon} />
      </summary>
      {children}
    </details>
  );
}

/** Closes the menu that a button stands in. */
export function closeMenuOf(button: Element): void {
  button.closest('details')?.removeAttribute('open');
}

/** Closes an open menu when something else is clicked, or on Escape. */
function useCloseOutside(menu: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const close = (event: Event): void => {
      const element = menu.current;
      const inside = event.target instanceof Node && element?.contains(event.target) === true;
      if (element?.open && (event instanceof KeyboardEvent ? event.key === 'Escape' : !inside)) element.open = false;
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, [menu]);
}
