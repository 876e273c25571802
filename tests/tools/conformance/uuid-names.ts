const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** The recorded clusters' own, and names that scenarios chose. */
const KEPT = /^(?:4a1e7ab0-5eed-4cef-8000-0000000c0ffe|00000000-0000-4000-8000-.*)$/;

/** Names for the UUIDs of one session, counted as they appear first. */
export class UuidNames {
  readonly #names = new Map<string, string>();

  rename(text: string): string {
    return text.replace(UUID, (uuid) => {
      if (KEPT.test(uuid)) return uuid;
      const name = this.#names.get(uuid) ?? `00000000-0000-4000-9000-${String(this.#names.size + 1).padStart(12, '0')}`;
      this.#names.set(uuid, name);
      return name;
    });
  }
}
