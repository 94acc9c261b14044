export const switchingInvariants = {
  elsewhere: 'what touches other plugins, or another community, never fails meanwhile',
  reached: 'each gateway shows it within two seconds: schema, introspection and answers',
  ended: 'a request to the plugin itself ends well, or says that it is not there',
  absent: 'from two seconds after it was turned off on, the plugin does nothing in that community',
  reactions: 'after all, what a reaction follows has had its effect once',
  timers: 'after all, each timer has fired once',
} as const;

export type SwitchingInvariant = keyof typeof switchingInvariants;
