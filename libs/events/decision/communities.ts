/** Where the plugin is enabled, and with which settings: the platform's directory knows. */
export interface Communities {
  /** undefined where the plugin is not enabled. @throws Error while that cannot be known: ask again */
  settingsOf(communityId: string): Promise<object | undefined>;
  enabled(): Promise<readonly string[]>;
  /** Called when a community enables, disables or configures something. @returns how to stop listening */
  onChange(listener: () => void): () => void;
}
