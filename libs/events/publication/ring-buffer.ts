/** Events that the bus brought and nobody has taken yet; bounded, because a slow consumer can read them from the log instead. */
export class RingBuffer {
  private texts: string[] = [];
  private characters = 0;

  constructor(private readonly mostCharacters: number) {}

  /** @returns false when there is no room: then it is emptied, and what it held is to be read from the log. */
  add(text: string): boolean {
    this.characters += text.length;
    if (this.characters > this.mostCharacters) {
      this.clear();
      return false;
    }
    this.texts.push(text);
    return true;
  }

  take(): string | undefined {
    const text = this.texts.shift();
    this.characters -= text?.length ?? 0;
    return text;
  }

  clear(): void {
    this.texts = [];
    this.characters = 0;
  }
}
