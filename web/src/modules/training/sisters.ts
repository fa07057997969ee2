/** The other pages of 培训, in the order of their buttons. */
export const sisters: readonly { to: string; label: string }[] = []
