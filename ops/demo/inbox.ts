/** One message as the inbox tells it. */
interface Message {
  readonly id: string;
  readonly subject: string;
  readonly links?: readonly string[];
}

/** Reads the mails of the demonstration's people out of the house's own inbox, as they would. */
export class Inbox {
  readonly #url: string;
  readonly #used = new Set<string>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Waits for a mail to this address that brings a link nobody has used yet and that fits; a minute at most. */
  async linkFor(address: string, fits: (url: string) => Promise<boolean>): Promise<string> {
    for (let tries = 0; tries < 600; tries += 1) {
      const list = (await (await fetch(`${this.#url}/api/messages?to=${encodeURIComponent(address)}`)).json()) as
        { messages?: Message[] } | Message[];
      for (const { id } of Array.isArray(list) ? list : (list.messages ?? [])) {
        const message = (await (await fetch(`${this.#url}/api/messages/${id}`)).json()) as Message;
        for (const link of message.links ?? []) {
          if (!link.includes('/a/') || this.#used.has(link)) continue;
          if (!(await fits(link).catch(() => false))) continue;
          this.#used.add(link);
          return link;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    throw new Error(`no mail with a link for ${address} within a minute`);
  }
}
