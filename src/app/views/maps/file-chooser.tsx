import { useRef } from 'react';

interface FileChooserProps {
  readonly label: string;
  readonly primary?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A button that asks the browser for files. */
export function FileChooser({ label, primary = false, onFiles }: FileChooserProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={primary ? 'button primary' : 'button'} onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
