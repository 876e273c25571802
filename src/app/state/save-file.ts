/** Hands a text of JSON to the browser's downloads. */
export function saveFile(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: 'application/json' }));
}

/** Hands bytes to the browser's downloads, as a file. */
export function saveBytes(name: string, bytes: Uint8Array): void {
  saveBlob(name, new Blob([Uint8Array.from(bytes)], { type: 'application/octet-stream' }));
}

function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
