export function serveGallery(): Promise<{ readonly url: string; stop(): Promise<void> }>;
