/** What people put into an article: something that is seen, watched or heard there, or a file to take away. */
export const mediaKinds = ['picture', 'video', 'sound', 'attachment'] as const
export type MediaKind = (typeof mediaKinds)[number]
